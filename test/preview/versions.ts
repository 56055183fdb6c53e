import type { Bundle } from '../../lib/bundle/bundle.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { synthesize } from '../../stacks/synth.ts';
import { eksInput } from '../fixtures/environment.ts';
import type { Draft } from '../fixtures/mutate.ts';
import type { CorpusCase } from './corpus-case.ts';

/** Both versions of an environment of the corpus; the later one may have findings. */
export function corpusVersions({ base = eksInput(), change }: CorpusCase) {
  const draft = structuredClone(base) as unknown as Draft<EnvironmentInput>;
  change(draft);
  const [before, after] = [base, draft].map((input) => {
    const synthesis = synthesize(input);
    if (synthesis.kind === 'invalid') throw new Error(synthesis.problems.map(({ message }) => message).join('\n'));
    return synthesis;
  });
  if (!before || !after) throw new Error('Two versions were asked for.');
  return { before: before.bundle as Bundle, after: after.bundle as Bundle, findings: after.findings };
}
