import type { Bundle } from '../../../lib/bundle/bundle.ts';
import type { EnvironmentInput } from '../../../lib/model/environment.ts';
import { synthesize } from '../../../stacks/synth.ts';
import { type CloudInput, cloudInput } from '../../fixtures/cloud.ts';
import { mockedCloud } from './mocked-cloud.ts';

/** The Bundle of an environment; what is wrong with it is an error of the test. */
export function bundleOf(input: EnvironmentInput): Bundle {
  const synthesis = synthesize(input);
  if (synthesis.kind === 'invalid') throw new Error(synthesis.problems.map(({ message }) => message).join('\n'));
  return synthesis.bundle;
}

/** The small environment's cloud with these settings, as it is made. */
export const make = (cloud: Partial<CloudInput> = {}, overrides: Partial<EnvironmentInput> = {}) =>
  mockedCloud(bundleOf(cloudInput(cloud, overrides)));
