import { describe, expect, it } from 'vitest';
import { CHARTS } from '../../lib/catalog/charts.ts';
import { Workbench } from '../../lib/workbench/workbench.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';

const built = (input = eksInput()) =>
  synthesize((scope) => new Workbench(scope, 'workbench', { platform: platformOf(input) }));

interface NetworkPolicySpec {
  readonly podSelector: object;
  readonly policyTypes: readonly string[];
  readonly ingress: readonly { readonly from: readonly object[] }[];
  readonly egress: readonly { readonly to: readonly object[]; readonly ports?: readonly { readonly port: number }[] }[];
}

function networkPolicy(input = eksInput()): NetworkPolicySpec {
  const policy = manifestsOf(built(input), 'NetworkPolicy')['workbench-sessions'];
  expect(policy?.metadata.namespace).toBe('workbench-sessions');
  return policy?.spec as unknown as NetworkPolicySpec;
}

const SERVERS = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'workbench' } },
  podSelector: {
    matchLabels: { 'app.kubernetes.io/name': 'rstudio-workbench', 'app.kubernetes.io/instance': 'workbench' },
  },
};

describe('Workbench', () => {
  it('WB-6: GIVEN an environment WHEN synthesised THEN the release is data, and no RBAC stands beside the chart’s own', () => {
    const { releases, objects, files } = built();
    expect(releases.map(({ name, namespace, chart, origin }) => [name, namespace, chart, origin.path])).toEqual([
      ['workbench', 'workbench', CHARTS.rstudioWorkbench, 'workbench'],
    ]);
    expect(objects.map(({ manifest }) => manifest.kind).sort()).toEqual(['NetworkPolicy', 'ServiceAccount']);
    expect(files).toEqual([]);
  });

  it('WB-6: GIVEN the account of sessions WHEN synthesised THEN it has no token, and the pods name it', () => {
    const collected = built();
    const account = manifestsOf(collected, 'ServiceAccount')['workbench-session'];
    expect(account).toMatchObject({
      automountServiceAccountToken: false,
      metadata: { namespace: 'workbench-sessions' },
    });
    expect(JSON.stringify(collected.releases[0]?.values)).toContain('"serviceAccountName":"workbench-session"');
  });

  it('WB-6: GIVEN sessions WHEN they are called THEN only the servers get through, so no session reaches another', () => {
    const { podSelector, policyTypes, ingress } = networkPolicy();
    expect(podSelector).toEqual({});
    expect(policyTypes).toEqual(['Ingress', 'Egress']);
    expect(ingress).toEqual([{ from: [SERVERS] }]);
  });

  it('WB-6: GIVEN sessions WHEN they call THEN they reach servers, DNS and what the environment opens, never metadata', () => {
    const input = onPremisesInput({
      tenancy: {
        backend: { kind: 'plain' },
        egress: [
          { cidr: '10.1.2.3/8', ports: [5432, 443] },
          { cidr: '169.254.0.0/16' },
          { cidr: '169.254.169.254/32', ports: [80] },
        ],
      },
    });
    const { egress } = networkPolicy(input);
    expect(egress[0]).toEqual({ to: [SERVERS], ports: [{ port: 8787, protocol: 'TCP' }] });
    expect(egress[1]?.ports?.map(({ port }) => port)).toEqual([53, 53]);
    expect(egress.slice(2)).toEqual([
      {
        to: [{ ipBlock: { cidr: '10.0.0.0/8' } }],
        ports: [
          { port: 5432, protocol: 'TCP' },
          { port: 443, protocol: 'TCP' },
        ],
      },
      { to: [{ ipBlock: { cidr: '169.254.0.0/16', except: ['169.254.169.254/32'] } }] },
    ]);
  });
});
