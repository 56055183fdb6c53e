import { describe, expect, it } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { gpuAccess } from '../../lib/policies/gpu-access.ts';
import type { PolicyRule } from '../../lib/policies/policy-rule.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';

const variable = (rule: PolicyRule, name: string): string =>
  rule.variables.find((each) => each.name === name)?.expression ?? '';

describe('GPU access (POL-2)', () => {
  it.each<[string, EnvironmentInput, string]>([
    ['EKS', eksInput(), "['cpu']"],
    ['on-premises', onPremisesInput(), '[]'],
  ])(
    'GIVEN pools of %s WHEN people tolerate the dedicated taint THEN only of dedicated pools without GPUs',
    (_, input, pools) => {
      const tolerations = variable(gpuAccess(platformOf(input)), 'gpuTolerations');
      expect(tolerations).toContain(`t.?key.orValue('') == 'atelier.dev/dedicated'`);
      expect(tolerations).toContain(`t.?value.orValue('') in ${pools}`);
    },
  );

  it('GIVEN every device that a pool of the platform offers WHEN a pod asks for it THEN the rule knows it', () => {
    for (const platform of [platformOf(eksInput()), platformOf(onPremisesInput())]) {
      const asked = variable(gpuAccess(platform), 'askedDevices');
      const [, list = ''] = /\[('.*?')\]\.exists/.exec(asked) ?? [];
      const prefixes = list.split(', ').map((prefix) => prefix.slice(1, -1));
      expect(platform.deviceResources.length).toBeGreaterThan(0);
      for (const resource of platform.deviceResources) {
        expect(
          prefixes.some((prefix) => resource.startsWith(prefix)),
          resource,
        ).toBe(true);
      }
    }
  });

  it('GIVEN all lists of containers WHEN a rule goes through them THEN none is left out', () => {
    const containers = variable(gpuAccess(platformOf(eksInput())), 'containers');
    for (const list of ['containers', 'initContainers', 'ephemeralContainers']) expect(containers).toContain(list);
  });
});
