import type { Bundle } from '../../lib/bundle/bundle.ts';
import type { AppliedObject } from '../../lib/cluster/apply.ts';
import type { Outcome } from '../../lib/cluster/apply-object.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import { synthesize } from '../../stacks/synth.ts';

/** What one of stacks/environments becomes. */
export async function bundleOf(environment: string): Promise<Bundle> {
  const { input } = await loadEnvironment(environment);
  const synthesis = synthesize(input);
  if (synthesis.kind !== 'accepted') throw new Error(`${environment} is not accepted`);
  return synthesis.bundle;
}

const tell = ({ object: { manifest }, outcome, warnings }: AppliedObject): string =>
  `${manifest.kind} ${manifest.metadata.namespace ?? ''}/${manifest.metadata.name}: ${JSON.stringify({ ...outcome, warnings })}`;

/** Sentences about the objects that came to one of the outcomes. */
export function withOutcome(
  applied: readonly AppliedObject[],
  ...kinds: readonly Outcome['kind'][]
): readonly string[] {
  return applied.filter(({ outcome }) => kinds.includes(outcome.kind)).map(tell);
}

/** Sentences about the objects that the server warned of. */
export const withWarnings = (applied: readonly AppliedObject[]): readonly string[] =>
  applied.filter(({ warnings }) => warnings.length > 0).map(tell);
