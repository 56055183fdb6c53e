import { toYaml } from '../../core/yaml.ts';
import type { Audience } from '../../explain/audience.ts';
import { explain, jobOfProfile, parseSubject, type Subject } from '../../explain/explain.ts';
import type { Explanation } from '../../explain/explanation.ts';
import { humanExplanation, type Paint } from '../../explain/format/human.ts';
import { jsonExplanation } from '../../explain/format/json.ts';
import { markdownExplanation } from '../../explain/format/markdown.ts';
import type { Scene } from '../../explain/scene.ts';
import { UnknownNameError } from '../../explain/unknown-name.ts';
import { problemsOf, type SynthesizedEnvironment, synthesizeAll } from '../environments.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { countProblems, printProblems } from '../problems.ts';
import { colors, printMessage, printResult } from '../terminal.ts';

export interface ExplainOptions {
  readonly environment?: string;
  readonly user?: string;
  readonly group?: readonly string[];
  readonly format: 'human' | 'markdown' | 'json';
  readonly long: boolean;
  readonly pod: boolean;
}

/** Widest text that still reads well. */
const WIDEST = 120;
/** Where there is no terminal. */
const USUAL_WIDTH = 100;

const paint: Paint = {
  verdict: (verdict, text) =>
    verdict === 'fine' ? colors.green(text) : verdict === 'care' ? colors.yellow(text) : colors.red(text),
  heading: colors.bold,
  dim: colors.dim,
};

function audienceOf({ user, group }: ExplainOptions): Audience | undefined {
  if (user === undefined && group === undefined) return undefined;
  return { ...(user === undefined ? {} : { user }), groups: group ?? [] };
}

/** What of a subject there is in an environment that was synthesized; `undefined` where it could not be understood. */
function sceneOf({ input, synthesis }: SynthesizedEnvironment): Scene | undefined {
  if (synthesis.kind === 'invalid') return undefined;
  const { bundle, findings, silenced } = synthesis;
  return { bundle, input, findings, silenced };
}

function format(explanation: Explanation, options: ExplainOptions): string {
  switch (options.format) {
    case 'human': {
      const width = Math.min(process.stdout.columns ?? USUAL_WIDTH, WIDEST);
      return humanExplanation(explanation, { paint, width, long: options.long });
    }
    case 'markdown':
      return markdownExplanation(explanation);
    case 'json':
      return JSON.stringify(jsonExplanation(explanation), null, 2);
  }
}

/** What one environment says of the subject, or why it says nothing. */
type Answer =
  | { readonly kind: 'explained'; readonly word: string; readonly scene: Scene; readonly explanation: Explanation }
  | { readonly kind: 'unknown'; readonly word: string; readonly message: string };

function ask(word: string, scene: Scene, subject: Subject): Answer {
  try {
    return { kind: 'explained', word, scene, explanation: explain(scene, subject) };
  } catch (error) {
    if (error instanceof UnknownNameError) return { kind: 'unknown', word, message: error.message };
    throw error;
  }
}

/** The one environment that has the subject; where none has, or several have, says so and gives nothing. */
function choose(answers: readonly Answer[], words: readonly string[]): (Answer & { kind: 'explained' }) | undefined {
  const explained = answers.filter((answer) => answer.kind === 'explained');
  const [first, ...others] = explained;
  if (first && others.length === 0) return first;
  if (!first) {
    for (const answer of answers) if (answer.kind === 'unknown') printMessage(`error ${answer.message}`);
    return undefined;
  }
  printMessage(`error ${explained.length} environments have it; say which one:`);
  for (const { word } of explained) printMessage(`  atelier explain ${words.join(' ')} --environment ${word}`);
  return undefined;
}

/** `atelier explain`: says what becomes of one part of an environment, and why; writes nothing. */
export async function runExplain(words: readonly string[], options: ExplainOptions): Promise<ExitCode> {
  const subject = parseSubject(words, audienceOf(options));
  if (typeof subject === 'string') {
    printMessage(`error ${subject}`);
    return EXIT.badInput;
  }
  if (options.pod && subject.kind !== 'profile') {
    printMessage('error --pod prints the Job of a session profile, and this is none.');
    return EXIT.badInput;
  }
  const environments = await synthesizeAll(options.environment === undefined ? [] : [options.environment]);
  const answers = environments.flatMap((environment): readonly Answer[] => {
    const scene = sceneOf(environment);
    if (scene) return [ask(environment.word, scene, subject)];
    printProblems(problemsOf(environment));
    printMessage(`${environment.word}: ${countProblems(problemsOf(environment))}; mend these first.`);
    return [];
  });
  const chosen = choose(answers, words);
  if (!chosen) return EXIT.badInput;
  const { scene, explanation } = chosen;
  if (options.pod) {
    // For a pipe: whether it would run is what the explanation is for.
    printResult(toYaml(jobOfProfile(scene, explanation.name, audienceOf(options))).trimEnd());
    return EXIT.clean;
  }
  printResult(format(explanation, options));
  return explanation.verdict === 'stop' ? EXIT.findings : EXIT.clean;
}
