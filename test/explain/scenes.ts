import type { Explanation, Step } from '../../lib/explain/explanation.ts';
import { humanExplanation, type Paint } from '../../lib/explain/format/human.ts';
import type { Scene } from '../../lib/explain/scene.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { synthesize } from '../../stacks/synth.ts';
import { eksInput } from '../fixtures/environment.ts';
import type { Draft } from '../fixtures/mutate.ts';

/** The scene of an input; its parts need not fit, but it must be understood. */
export function sceneOf(input: unknown): Scene {
  const synthesis = synthesize(input);
  if (synthesis.kind === 'invalid') throw new Error(synthesis.problems.map(({ message }) => message).join('\n'));
  const { bundle, findings, silenced } = synthesis;
  return { bundle, input, findings, silenced };
}

/** The scene of an environment of stacks/environments. */
export async function sceneOfEnvironment(name: string): Promise<Scene> {
  return sceneOf((await loadEnvironment(name)).input);
}

/** The scene of the fixture after a change. */
export function sceneAfter(
  change: (draft: Draft<EnvironmentInput>) => void = () => undefined,
  base: EnvironmentInput = eksInput(),
): Scene {
  const draft = structuredClone(base) as unknown as Draft<EnvironmentInput>;
  change(draft);
  return sceneOf(draft);
}

/** The step of that name; a test that names a missing one is wrong. */
export function stepOf({ steps }: Explanation, id: string): Step {
  const found = steps.find((step) => step.id === id);
  if (!found) throw new Error(`There is no step "${id}".`);
  return found;
}

export const textOf = ({ summary, lines }: Step): string => [summary, ...lines.map(({ text }) => text)].join('\n');

const plain: Paint = { verdict: (_, text) => text, heading: (text) => text, dim: (text) => text };

/** As it reads where there is no terminal. */
export function asText(explanation: Explanation, long = false): string {
  return humanExplanation(explanation, { paint: plain, width: 100, long });
}
