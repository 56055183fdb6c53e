import { beforeAll, describe, expect, test } from 'vitest';
import type { Bundle } from '../../../lib/bundle/bundle.ts';
import { runChecks } from '../../../lib/checks/run.ts';
import { synthesize } from '../../../stacks/synth.ts';
import { withObjects, withoutObject, withValues } from '../../fixtures/change-bundle.ts';
import { eksInput, onPremisesInput } from '../../fixtures/environment.ts';

// An environment cannot break these rules by itself, because Atelier derives what they are about (test/synth.property.test.ts
// holds that against random environments). So each is held against a Bundle that somebody changed by hand.
let bundle: Bundle;
let onPremises: Bundle;
beforeAll(() => {
  const of = (input: unknown): Bundle => {
    const synthesis = synthesize(input);
    if (synthesis.kind !== 'accepted') throw new Error(synthesis.kind);
    return synthesis.bundle;
  };
  bundle = of(eksInput());
  onPremises = of(onPremisesInput({ tenants: [] }));
});

const found = (changed: Bundle): readonly string[] =>
  runChecks(changed, {}).findings.map(({ code, message }) => `${code} ${message}`);

const CONTAINER = `{ name: main, image: "registry.example.org/tool:1", resources: { requests: { cpu: 10m } }, securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: [ALL] }, seccompProfile: { type: RuntimeDefault } } }`;

const deployment = (spec: string, change = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: tool, namespace: hnc-system }
spec: { ${change} selector: { matchLabels: { app: tool } }, template: { metadata: { labels: { app: tool } }, spec: { containers: [${CONTAINER}], ${spec} } } }`;

const hnc = (spec: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: hnc-manager, namespace: hnc-system }
spec: { template: { spec: ${spec} } }`;

describe('PROVE-1: references of pods', () => {
  test.each([
    ['priorityClassName: urgent', 'OBJ009'],
    ['runtimeClassName: gvisor', 'OBJ010'],
    ['serviceAccountName: tool', 'OBJ005'],
    ['volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]', 'OBJ006'],
    ['volumes: [{ name: data, configMap: { name: settings } }]', 'OBJ003'],
    ['volumes: [{ name: data, projected: { sources: [{ secret: { name: key } }] } }]', 'OBJ003'],
    ['imagePullSecrets: [{ name: pull }]', 'OBJ003'],
    ['initContainers: [{ name: first, image: "a.b/c:1", envFrom: [{ configMapRef: { name: settings } }] }]', 'OBJ003'],
  ])('GIVEN %s THEN %s', (spec, code) => {
    const codes = found(withObjects(bundle, deployment(spec))).map((finding) => finding.slice(0, 6));
    expect(codes.filter((each) => each !== 'OBJ027')).toEqual([code]);
  });

  test.each([
    'priorityClassName: system-cluster-critical',
    'serviceAccountName: default',
    'volumes: [{ name: ca, configMap: { name: kube-root-ca.crt } }]',
    'volumes: [{ name: data, configMap: { name: settings, optional: true } }]',
    'volumes: [{ name: data, secret: { secretName: key, optional: true } }]',
    'runtimeClassName: nvidia',
  ])('GIVEN %s THEN nothing, because it is there or may be absent', (spec) => {
    expect(found(withObjects(bundle, deployment(spec)))).toEqual([]);
  });

  test('GIVEN what an environment names THEN its Secret is given, in the namespaces it is for, and in no others', () => {
    const pull = 'imagePullSecrets: [{ name: registry }]';
    expect(found(withObjects(onPremises, deployment(pull)))).toEqual([]);
    const elsewhere = deployment(pull).replace('namespace: hnc-system', 'namespace: policy-exceptions');
    expect(found(withObjects(onPremises, elsewhere))).toEqual([
      'OBJ003 Deployment "policy-exceptions/tool" needs Secret "registry" in namespace "policy-exceptions", and nothing makes it.',
    ]);
  });

  test('GIVEN a namespace into which a chart installs THEN what the chart may make is not missed', () => {
    const inMonitoring = deployment('serviceAccountName: grafana, imagePullSecrets: [{ name: pull }]').replace(
      'namespace: hnc-system',
      'namespace: monitoring',
    );
    expect(found(withObjects(bundle, inMonitoring))).toEqual([]);
  });
});

describe('PROVE-1: workloads', () => {
  test.each([
    ['OBJ002', hnc('{ containers: [{ name: manager, livenessProbe: { httpGet: { path: /, port: health } } }] }')],
    [
      'OBJ012',
      'apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata: { name: all }\nwebhooks: [{ name: all.example.org, clientConfig: { service: { name: hnc-webhook-service, namespace: hnc-system } }, rules: [{ apiGroups: ["*"], resources: ["*"], operations: ["*"] }] }]',
    ],
    [
      'OBJ011',
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: some }\nwebhooks: [{ name: some.example.org, clientConfig: { service: { name: hook, namespace: hnc-system } }, rules: [] }]',
    ],
    [
      'OBJ016',
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: hnc, namespace: hnc-system }\nspec: { minAvailable: 1, selector: { matchLabels: { app.kubernetes.io/name: hnc-manager } } }',
    ],
    [
      'OBJ016',
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: hnc, namespace: hnc-system }\nspec: { minAvailable: 50%, selector: { matchLabels: { app.kubernetes.io/name: hnc-manager } } }',
    ],
    [
      'OBJ016',
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: hnc, namespace: hnc-system }\nspec: { maxUnavailable: 0, selector: { matchLabels: { app.kubernetes.io/name: hnc-manager } } }',
    ],
    [
      'OBJ016',
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: hnc, namespace: hnc-system }\nspec: { maxUnavailable: 1, selector: { matchLabels: { app: hnc } } }',
    ],
    ['OBJ022', hnc('{ containers: [{ name: manager, resources: { requests: { nvidia.com/gpu: 1 } } }] }')],
    [
      'OBJ022',
      hnc('{ containers: [{ name: manager, resources: { requests: { cpu: "2" }, limits: { cpu: 1500m } } }] }'),
    ],
    ['OBJ023', hnc('{ containers: [{ name: manager, image: "registry.example.org:5000/manager" }] }')],
    ['OBJ027', hnc('{ containers: [{ name: manager, securityContext: { allowPrivilegeEscalation: true } }] }')],
    ['OBJ027', hnc('{ securityContext: { runAsUser: 0 } }')],
    [
      'OBJ028',
      'apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: q, namespace: hnc-system }\nspec: { hard: { requests.memory: 100Mi } }',
    ],
  ])('%s', (code, text) => {
    expect(found(withObjects(bundle, text)).map((finding) => finding.slice(0, 6))).toEqual([code]);
  });

  test('GIVEN a budget that lets one go, a port of the registry, a digest THEN nothing', () => {
    const budget =
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: hnc, namespace: hnc-system }\nspec: { maxUnavailable: 1, selector: { matchLabels: { app.kubernetes.io/name: hnc-manager } } }';
    const image = hnc('{ containers: [{ name: manager, image: "registry.example.org:5000/manager@sha256:0123" }] }');
    expect(found(withObjects(bundle, `${budget}\n---${image}`))).toEqual([]);
  });

  test('GIVEN a ReadWriteOnce claim that two pods mount THEN OBJ029, and with one pod nothing', () => {
    const claim =
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: hnc-system }\nspec: { storageClassName: gp3, accessModes: [ReadWriteOnce] }\n---';
    const volumes = 'volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]';
    const two = found(withObjects(bundle, claim + deployment(volumes, 'replicas: 2,')));
    expect(two.map((finding) => finding.slice(0, 6))).toEqual(['OBJ029']);
    expect(found(withObjects(bundle, claim + deployment(volumes, 'replicas: 1,')))).toEqual([]);
  });
});

describe('PROVE-1: what objects name', () => {
  test.each([
    ['ServiceAccount', 'hnc-manager', ['OBJ005', 'OBJ014']],
    ['ClusterRole', 'atelier:tenant-owner', ['OBJ013']],
    ['Role', 'atelier:hnc-manager', ['OBJ013']],
    ['Service', 'hnc-webhook-service', ['OBJ011']],
    // storage.classes names it, so the cluster may have it.
    ['StorageClass', 'gp3', []],
    ['PersistentVolume', 'workbench-homes', ['OBJ007']],
    ['PersistentVolumeClaim', 'workbench-homes', ['OBJ006']],
    ['PriorityClass', 'atelier-infrastructure', ['OBJ009']],
    ['Namespace', 'kyverno', ['OBJ015']],
    ['ValidatingAdmissionPolicyBinding', 'gpu-access', ['OBJ030']],
    ['ValidatingAdmissionPolicy', 'gpu-access', ['OBJ030']],
    ['EC2NodeClass', 'gpu', ['OBJ031']],
  ])('GIVEN no %s "%s" THEN %j', (kind, name, codes) => {
    const told = [...new Set(found(withoutObject(bundle, kind, name)).map((finding) => finding.slice(0, 6)))].sort();
    expect(told).toEqual(codes);
  });

  test('GIVEN a finding about an object that Atelier made THEN it points to the place of the environment behind it', () => {
    const { findings } = runChecks(withObjects(bundle, hnc('{ serviceAccountName: hnc }')), {});
    expect(findings).toMatchObject([
      {
        code: 'OBJ005',
        path: 'tenancy.backend',
        object: 'Deployment "hnc-system/hnc-manager"',
        hint: expect.any(String),
      },
    ]);
  });
});

describe('PROVE-1: releases', () => {
  test.each([
    ['workbench', 'launcherPem: { existingSecret: launcher }', 'OBJ004'],
    ['kube-prometheus-stack', 'prometheus: { prometheusSpec: { priorityClassName: high } }', 'OBJ009'],
    [
      'kube-prometheus-stack',
      'prometheus: { prometheusSpec: { replicas: 2 }, podDisruptionBudget: { enabled: true, minAvailable: 2 } }',
      'OBJ016',
    ],
    [
      'kube-prometheus-stack',
      'prometheus: { prometheusSpec: { serviceMonitorSelector: { matchLabels: { team: web } } } }',
      'MON001',
    ],
    [
      'kube-prometheus-stack',
      'prometheus: { prometheusSpec: { serviceMonitorNamespaceSelector: { matchLabels: { team: web } } } }',
      'MON001',
    ],
    ['workbench', 'image: { tag: latest }', 'OBJ023'],
  ])('GIVEN %s with %s THEN %s', (release, values, code) => {
    expect(found(withValues(bundle, release, values)).map((finding) => finding.slice(0, 6))).toEqual([code]);
  });
});

describe('PROVE-1: network policies', () => {
  const policy = (spec: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: hnc, namespace: hnc-system }\nspec: ${spec}`;
  const codes = (spec: string): readonly string[] =>
    found(withObjects(bundle, policy(spec))).map((finding) => finding.slice(0, 6));

  test('GIVEN rules that admit pods only THEN the API server is kept out; an address block or a port by name lets it in', () => {
    expect(codes('{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }')).toEqual(['NET002']);
    expect(codes('{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }')).toEqual([]);
    expect(codes('{ podSelector: {}, ingress: [{ ports: [{ port: webhooks }] }] }')).toEqual([]);
    expect(codes('{ podSelector: {}, ingress: [{ ports: [{ port: 9000, endPort: 9999 }] }] }')).toEqual([]);
    expect(codes('{ podSelector: {}, ingress: [{ ports: [{ port: 443 }] }] }')).toEqual(['NET002']);
  });

  test('GIVEN a monitor of a Service THEN Prometheus has to be admitted by its namespace', () => {
    const monitor =
      'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: hnc, namespace: hnc-system }\nspec: { endpoints: [{ port: webhooks }] }\n---\n';
    const open = 'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }';
    const closed = found(withObjects(bundle, monitor + policy(`{ podSelector: {}, ${open}] }`)));
    expect(closed.map((finding) => finding.slice(0, 6))).toEqual(['NET002']);
    const admits = `, { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }] }`;
    expect(found(withObjects(bundle, monitor + policy(`{ podSelector: {}, ${open}${admits}] }`)))).toEqual([]);
  });

  test('GIVEN nothing that may go out THEN names need not be resolved', () => {
    expect(codes('{ podSelector: {}, policyTypes: [Egress] }')).toEqual([]);
  });
});
