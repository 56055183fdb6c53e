import type { Synthesis } from '../../stacks/synth.ts';
import type { SilencedProblem } from '../checks/silence.ts';
import { InvalidEnvironmentError, type Problem } from '../core/problem.ts';
import { listEnvironments } from '../loader/find.ts';
import { type LoadedEnvironment, loadEnvironment } from '../loader/load.ts';
import { endProgress, showProgress } from './progress.ts';

/** One environment of the command line, and what became of it. */
export interface SynthesizedEnvironment {
  /** As the person named it. */
  readonly word: string;
  /** The content of the file, for file and line of its parts; missing where it could not be read. */
  readonly input?: unknown;
  readonly synthesis: Synthesis;
}

async function synthesizeLoaded(
  loading: Promise<LoadedEnvironment>,
  synthesize: (input: unknown) => Synthesis,
): Promise<Omit<SynthesizedEnvironment, 'word'>> {
  try {
    const { input } = await loading;
    return { input, synthesis: synthesize(input) };
  } catch (error) {
    if (error instanceof InvalidEnvironmentError) return { synthesis: { kind: 'invalid', problems: error.problems } };
    throw error;
  }
}

/** Two environments of one name would be written to one folder. */
function sameNames(environments: readonly SynthesizedEnvironment[]): readonly Problem[] {
  const seen = new Map<string, string>();
  return environments.flatMap(({ word, synthesis }): readonly Problem[] => {
    if (synthesis.kind === 'invalid') return [];
    const { environment } = synthesis.bundle;
    const other = seen.get(environment);
    seen.set(environment, word);
    if (other === undefined) return [];
    const message = `"${environment}" is the name of ${other} and of ${word}; both would be written to one folder.`;
    return [
      { code: 'ENV015', severity: 'error', path: 'name', message, hint: 'Rename one, or synthesize them apart.' },
    ];
  });
}

/** Loads and synthesizes the named environments, all of stacks/environments where none is named. */
export async function synthesizeAll(words: readonly string[]): Promise<readonly SynthesizedEnvironment[]> {
  const chosen = words.length > 0 ? [...new Set(words)] : listEnvironments().map(({ name }) => name);
  if (chosen.length === 0) {
    throw new InvalidEnvironmentError([
      {
        code: 'ENV013',
        severity: 'error',
        path: 'stacks/environments',
        message: 'holds no environment.',
        hint: 'Name a file.',
      },
    ]);
  }
  // All are read at once, because each waits for files and for the compiler; meanwhile the rest of the program loads.
  const loading = chosen.map((word) => ({ word, loaded: loadEnvironment(word) }));
  for (const { loaded } of loading) loaded.catch(() => undefined);
  const { synthesize } = await import('../../stacks/synth.ts');
  const environments: SynthesizedEnvironment[] = [];
  for (const { word, loaded } of loading) {
    showProgress(`synthesizing ${word}`);
    environments.push({ word, ...(await synthesizeLoaded(loaded, synthesize)) });
  }
  endProgress();
  const clashes = sameNames(environments);
  if (clashes.length > 0) throw new InvalidEnvironmentError(clashes);
  return environments;
}

/** What the environment accepts, with its reasons. */
export function silencedOf({ synthesis }: SynthesizedEnvironment): readonly SilencedProblem[] {
  return synthesis.kind === 'invalid' ? [] : synthesis.silenced;
}

/** Everything wrong with an environment, worth a warning or worse. */
export function problemsOf({ synthesis }: SynthesizedEnvironment): readonly Problem[] {
  return synthesis.kind === 'invalid' ? synthesis.problems : synthesis.findings;
}
