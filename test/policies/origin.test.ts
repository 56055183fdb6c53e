import { expect, test } from 'vitest';
import { synthesize } from '../../stacks/synth.ts';
import { eksInput } from '../fixtures/environment.ts';

test('GIVEN the policies of a platform THEN each says which part of the environment asked for it (POL-1)', () => {
  const synthesis = synthesize(eksInput());
  if (synthesis.kind === 'invalid') throw new Error('the fixture has changed');
  const origins = synthesis.bundle.objects
    .filter(({ manifest }) => manifest.kind === 'ValidatingAdmissionPolicy')
    .map(({ manifest, origin }) => [manifest.metadata.name, origin.path] as const);
  expect(Object.fromEntries(origins)).toMatchObject({
    'allowed-priorities': 'priorities',
    'gpu-access': 'policies',
    'pod-ceiling': 'policies',
  });
});
