import { describe, expect, it } from 'vitest';
import { kyvernoSettings } from '../../../lib/cluster/controllers/kyverno-settings.ts';
import { synthesize } from '../../../stacks/synth.ts';
import { eksInput } from '../../fixtures/environment.ts';

describe('Kyverno as a process (PROVE-5, POL-3)', () => {
  const synthesis = synthesize(eksInput({ policies: { exceptionsNamespace: 'granted' } }));
  if (synthesis.kind === 'invalid') throw new Error(JSON.stringify(synthesis.problems));
  const { bundle } = synthesis;

  it('GIVEN the values of the release THEN it reads what decides about admission', () => {
    const settings = kyvernoSettings(bundle);
    expect(settings).toMatchObject({
      namespace: 'kyverno',
      release: 'kyverno',
      exceptions: 'granted',
      generatesAdmissionPolicies: false,
    });
    expect(settings?.extraRules['reports-controller']).toEqual([
      { apiGroups: [''], resources: ['pods/ephemeralcontainers', 'pods/resize'], verbs: ['get', 'list', 'watch'] },
    ]);
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
  });

  it("GIVEN values that say nothing THEN the chart's own hold, and without the release nothing does", () => {
    const releases = bundle.releases.map((release) => ({ ...release, values: {} }));
    expect(kyvernoSettings({ ...bundle, releases })).toMatchObject({ generatesAdmissionPolicies: true, webhooks: {} });
    expect(kyvernoSettings({ ...bundle, releases })).not.toHaveProperty('exceptions');
    expect(kyvernoSettings({ ...bundle, releases: [] })).toBeUndefined();
  });
});
