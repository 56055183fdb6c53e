import type { Synthesis } from '../../stacks/synth.ts';
import { problemsOf, type SynthesizedEnvironment } from './environments.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { countProblems, printProblems } from './problems.ts';
import { printMessage } from './terminal.ts';

/** An environment that was understood, whether its parts fit or not. */
export type Understood = Exclude<Synthesis, { readonly kind: 'invalid' }>;

/** The environments that can be drawn; `undefined`, and all problems on stderr, where one could not be understood. */
export function drawable(environments: readonly SynthesizedEnvironment[]): readonly Understood[] | undefined {
  const invalid = environments.filter(({ synthesis }) => synthesis.kind === 'invalid');
  printProblems((invalid.length > 0 ? invalid : environments).flatMap(problemsOf));
  for (const environment of invalid) {
    printMessage(`${environment.word}: ${countProblems(problemsOf(environment))}; nothing was written.`);
  }
  if (invalid.length > 0) return undefined;
  return environments.flatMap(({ synthesis }) => (synthesis.kind === 'invalid' ? [] : [synthesis]));
}

/** What is drawn of parts that do not fit shows that they do not; the exit code says so too. */
export function drawnExit(drawn: readonly Understood[]): ExitCode {
  return drawn.some(({ kind }) => kind === 'refused') ? EXIT.findings : EXIT.clean;
}
