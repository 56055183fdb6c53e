import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildTool } from '../../lib/cluster/toolchain.ts';
import { PULUMI } from '../../lib/cluster/tools.ts';
import { packageRoot } from '../../lib/core/asset.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { withTenants } from '../../tools/bench/tenant-forest.js';
import { standInVariables } from '../pulumi-engine/aws/local-eks.ts';
import { AWS_STAND_IN, KUBERNETES_WITHOUT_CLUSTER } from '../pulumi-engine/build-plugins.ts';
import { type MeasuredRun, measureRun } from '../pulumi-engine/measured-run.ts';
import { makePulumiProject, type PulumiProject } from '../pulumi-engine/pulumi-project.ts';
import { describeWithClusters } from './local-cluster.ts';

/** The bench asks for 2,000. */
const TENANTS = Number(process.env.ATELIER_PULUMI_TENANTS ?? 60);
const RUN_MS = 600_000;

/** What each command took, by environment; written to the file that ATELIER_PULUMI_REPORT names. */
type Report = Record<
  string,
  { readonly resources: number; readonly runs: Record<string, Omit<MeasuredRun, 'result'>> }
>;

/** From the summary: `+ 384 to create`, `384 unchanged`. */
function countOf({ result }: MeasuredRun, what: string): number {
  return Number(new RegExp(`^ +(?:\\+ )?(\\d+) ${what}$`, 'm').exec(result.stdout)?.[1] ?? 0);
}

/** How often providers were asked each question. */
function questions({ providers }: MeasuredRun): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { method } of providers.calls) counts[method] = (counts[method] ?? 0) + 1;
  return counts;
}

describeWithClusters('what pulumi preview and up take on the real engine (CLOUD-3)', () => {
  let project: PulumiProject;
  const report: Report = {};
  beforeAll(async () => {
    await buildTool(PULUMI, (line) => void process.stderr.write(`${line}\n`));
    project = await makePulumiProject(mkdtempSync(join(tmpdir(), 'atelier-pulumi-')), [
      KUBERNETES_WITHOUT_CLUSTER,
      AWS_STAND_IN,
    ]);
    const { input } = await loadEnvironment('prod');
    const tenants = { ...withTenants(input as EnvironmentInput, TENANTS), name: 'tenants' };
    writeFileSync(join(project.folder, 'stacks', 'environments', 'tenants.json'), JSON.stringify(tenants));
  });
  afterAll(() => {
    const file = process.env.ATELIER_PULUMI_REPORT;
    if (file !== undefined) writeFileSync(file, JSON.stringify(report));
    project.remove();
  });

  async function measure(stack: string): Promise<Readonly<Record<'first' | 'up' | 'second', MeasuredRun>>> {
    const variables = {
      ...standInVariables(join(project.folder, `${stack}-aws`), { server: 'https://127.0.0.1:1', authority: 'eA==' }),
      // The state once instead of twice for each resource: that is another measurement (docs/pulumi.md).
      PULUMI_SKIP_CHECKPOINTS: 'true',
    };
    await project.run(['stack', 'init', stack]);
    const run = (...words: readonly string[]) => measureRun(project, [...words, '--stack', stack], variables);
    const first = await run('preview');
    const up = await run('up', '--yes', '--skip-preview');
    const second = await run('preview');
    const times = ({ result: _, ...rest }: MeasuredRun) => ({ ...rest, providers: { ...rest.providers, calls: [] } });
    report[stack] = {
      resources: countOf(second, 'unchanged'),
      runs: { first: times(first), up: times(up), second: times(second) },
    };
    return { first, up, second };
  }

  it('GIVEN the program of prod alone WHEN the bench measures it THEN it registers what the engine would make', () => {
    const program = join(packageRoot, 'tools/bench/pulumi-program.js');
    const { stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const { resources, seconds, megabytes } = JSON.parse(stdout) as Record<string, number>;
    expect(resources).toBeGreaterThan(300);
    expect([seconds, megabytes].every((figure) => (figure ?? 0) > 0)).toBe(true);
  });

  it.each(['prod', 'tenants'])(
    'GIVEN %s WHEN it is previewed, made, and previewed again THEN each resource is asked about once, and nothing is left to do',
    async (stack) => {
      const { first, up, second } = await measure(stack);
      const resources = countOf(first, 'to create');
      expect(resources).toBeGreaterThan(stack === 'prod' ? 300 : 60);
      expect(countOf(up, 'created')).toBe(resources);
      expect(countOf(second, 'unchanged')).toBe(resources);
      const { check = 0, diff = 0, create = 0 } = questions(up);
      // The stack, components and milestones are the engine's own.
      for (const asked of [check, create]) {
        expect(asked).toBeGreaterThan(resources * 0.85);
        expect(asked).toBeLessThanOrEqual(resources);
      }
      expect(diff).toBe(0);
      expect(questions(second)).toMatchObject({ check, diff: create });
      expect(questions(second).create).toBeUndefined();
    },
    RUN_MS,
  );
});
