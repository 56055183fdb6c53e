import { resolve } from 'node:path';
import type { Bundle } from '../../bundle/bundle.ts';
import type { AppliedObject } from '../../cluster/apply.ts';
import { applyEnvironment, rememberEnvironment } from '../../cluster/apply-environment.ts';
import type { Outcome } from '../../cluster/apply-object.ts';
import { problemsOf, synthesizeAll } from '../environments.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { countProblems, printProblems } from '../problems.ts';
import { endProgress, showProgress } from '../progress.ts';
import { colors, messageColors, printMessage, printResult } from '../terminal.ts';

const KINDS = [
  'created',
  'changed',
  'unchanged',
  'checked',
  'unknown',
  'refused',
] as const satisfies readonly Outcome['kind'][];

function label({ object: { manifest } }: AppliedObject): string {
  const { namespace, name } = manifest.metadata;
  return `${manifest.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function explain(applied: AppliedObject): string | undefined {
  const { object, outcome } = applied;
  const place = object.origin.source ? ` (${object.origin.source.file}:${object.origin.source.line})` : '';
  switch (outcome.kind) {
    case 'refused':
      return `${messageColors.red('refused')} ${label(applied)}${place}: ${outcome.message}`;
    case 'unknown':
      return `${messageColors.red('unknown')} ${label(applied)}${place}: the server has no kind ${object.manifest.kind} in ${object.manifest.apiVersion}, so nobody has checked it`;
    case 'checked':
      return messageColors.dim(`checked ${label(applied)}: valid, not put in force; ${outcome.reason}`);
    default:
      return undefined;
  }
}

function summarize(bundle: Bundle, applied: readonly AppliedObject[], seconds: string): string {
  const counts = KINDS.flatMap((kind) => {
    const count = applied.filter(({ outcome }) => outcome.kind === kind).length;
    return count > 0 ? [`${count} ${kind}`] : [];
  });
  const bad = applied.some(({ outcome }) => outcome.kind === 'refused' || outcome.kind === 'unknown');
  const mark = bad ? colors.red('✗') : colors.green('✓');
  return `${mark} ${bundle.environment}: ${counts.join(', ')} of ${applied.length} objects in ${seconds} s`;
}

export interface ClusterApplyOptions {
  readonly name: string;
  readonly controllers: 'all' | 'none' | readonly string[];
}

/** `atelier cluster apply`: the server is the judge; everything that it refuses is said, with where it comes from. */
export async function runClusterApply(word: string, { name, controllers }: ClusterApplyOptions): Promise<ExitCode> {
  const [environment] = await synthesizeAll([word]);
  if (environment === undefined) return EXIT.badInput;
  const { synthesis } = environment;
  if (synthesis.kind !== 'accepted') {
    printProblems(problemsOf(environment));
    printMessage(`${word}: ${countProblems(problemsOf(environment))}; nothing was applied.`);
    return synthesis.kind === 'invalid' ? EXIT.badInput : EXIT.findings;
  }
  const { bundle } = synthesis;
  const began = Date.now();
  const { applied, running, notStarted } = await applyEnvironment(name, bundle, showProgress, controllers).finally(
    endProgress,
  );
  rememberEnvironment(name, /[./]/.test(word) ? resolve(word) : word);
  for (const each of applied) {
    for (const warning of each.warnings) printMessage(`${messageColors.yellow('warning')} ${label(each)}: ${warning}`);
    const line = explain(each);
    if (line !== undefined) printMessage(line);
  }
  printResult(summarize(bundle, applied, ((Date.now() - began) / 1000).toFixed(1)));
  if (running.length > 0) printMessage(messageColors.dim(`Running: ${running.join(', ')}.`));
  if (notStarted.length > 0) printMessage(messageColors.dim(`Not started: ${notStarted.join(', ')}.`));
  if (bundle.releases.length > 0) {
    const releases = bundle.releases.map((release) => release.name).join(', ');
    printMessage(
      messageColors.dim(`Helm releases are not installed; controllers that run stand in for theirs: ${releases}.`),
    );
  }
  const bad = applied.some(({ outcome }) => outcome.kind === 'refused' || outcome.kind === 'unknown');
  return bad ? EXIT.findings : EXIT.clean;
}
