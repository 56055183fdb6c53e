import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/admission/judge.ts';
import { readPolicies } from '../../lib/admission/read-policies.ts';
import type { Verdict } from '../../lib/admission/verdict.ts';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import { AdmissionPolicies } from '../../lib/policies/admission-policies.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';

const platform = platformOf(eksInput());
const { objects } = synthesize((scope) => new AdmissionPolicies(scope, 'policies', { platform }));
const policies = readPolicies({ objects, releases: [] });
const namespace: Manifest = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'team', labels: { 'atelier.dev/tier': 'tenant' } },
};

function service(spec: JsonObject, metadata: JsonObject = {}): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'team', ...metadata },
    spec: { ports: [{ port: 80 }], ...spec },
  };
}

const changed = (oldObject: Manifest, object: Manifest): Verdict =>
  judge(policies, { operation: 'UPDATE', object, oldObject, namespace });

describe('Services that were exposed before the rule', () => {
  const balanced = service({ type: 'LoadBalancer' }, { finalizers: ['service.kubernetes.io/load-balancer-cleanup'] });

  it('GIVEN a load balancer WHEN its controller takes the finalizer off, or somebody changes ports THEN it passes', () => {
    expect(changed(balanced, service({ type: 'LoadBalancer' })).kind).toBe('allowed');
    expect(changed(balanced, service({ type: 'LoadBalancer', ports: [{ port: 443 }] })).kind).toBe('allowed');
  });

  it('GIVEN a load balancer WHEN it is opened further THEN it is refused, and taken back inside it passes', () => {
    expect(changed(balanced, service({ type: 'NodePort' })).kind).toBe('refused');
    expect(changed(balanced, service({ type: 'LoadBalancer', externalIPs: ['198.51.100.7'] })).kind).toBe('refused');
    expect(changed(balanced, service({ type: 'ClusterIP' })).kind).toBe('allowed');
  });
});
