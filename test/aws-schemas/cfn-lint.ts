import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { AwsSchemas } from './aws-schemas.ts';

export interface Template {
  readonly name: string;
  readonly region: string;
  readonly resources: object;
}

/** What cfn-lint says of a template. */
export interface LintMatch {
  readonly template: string;
  /** `E3030` */
  readonly rule: string;
  /** `Resources/NodeGroupDsSystem/Properties/AmiType` */
  readonly path: string;
  readonly message: string;
}

/** The part of its JSON that is read here. */
interface JsonMatch {
  readonly Rule: { readonly Id: string };
  readonly Filename: string;
  readonly Location: { readonly Path: readonly (string | number)[] | null };
  readonly Message: string;
}

/** Its exit codes add up what was found: 2 errors, 4 warnings, 8 hints; 1 and from 16 on it failed itself. */
const ONLY_FOUND = [0, 2, 4, 6, 8, 10, 12, 14];

function lintRegion(
  { python }: AwsSchemas,
  region: string,
  files: readonly string[],
  ignored: readonly string[],
): readonly LintMatch[] {
  const program = 'from cfnlint.runner import main; main()';
  const args = ['--regions', region, '--format', 'json', '--include-checks', 'I', '--ignore-checks', ...ignored];
  const { stdout, stderr, status } = spawnSync(python, ['-c', program, ...args, '--template', ...files], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // Its own settings may lie in a home or a working directory.
    cwd: tmpdir(),
    env: { ...process.env, HOME: tmpdir() },
  });
  if (status === null || !ONLY_FOUND.includes(status)) throw new Error(`cfn-lint failed (${status}): ${stderr}`);
  return (JSON.parse(stdout) as readonly JsonMatch[]).map(({ Rule, Filename, Location, Message }) => ({
    template: basename(Filename, '.json'),
    rule: Rule.Id,
    path: (Location.Path ?? []).join('/'),
    message: Message,
  }));
}

/** Holds templates against the schemas of their regions and against cfn-lint's rules, hints included. */
export function lintTemplates(
  schemas: AwsSchemas,
  templates: readonly Template[],
  ignored: readonly string[],
): readonly LintMatch[] {
  const folder = mkdtempSync(join(tmpdir(), 'atelier-cfn-lint-'));
  try {
    const file = ({ name }: Template): string => join(folder, `${name}.json`);
    for (const template of templates) writeFileSync(file(template), JSON.stringify({ Resources: template.resources }));
    const regions = [...new Set(templates.map(({ region }) => region))];
    return regions.flatMap((region) =>
      lintRegion(schemas, region, templates.filter((each) => each.region === region).map(file), ignored),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
