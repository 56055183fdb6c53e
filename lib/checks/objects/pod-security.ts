import type { Bundle } from '../../bundle/bundle.ts';
import { LABELS } from '../../catalog/labels.ts';
import type { Labels } from '../../core/label-selector.ts';
import { inventoryOf } from '../reading/inventory.ts';
import { containersOf, type PodTemplate, podTemplates } from '../reading/pod-template.ts';
import type { Rule } from '../rule.ts';

/** Capabilities that the level baseline lets containers add. */
const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

function baselineProblems(template: PodTemplate): readonly string[] {
  const { spec } = template;
  return [
    ...(spec.hostNetwork || spec.hostPID || spec.hostIPC ? ['it shares a namespace of the host'] : []),
    ...(spec.volumes ?? []).flatMap(({ name, hostPath }) => (hostPath ? [`volume "${name}" is a hostPath`] : [])),
    ...containersOf(template).flatMap(({ name, securityContext, ports = [] }) => {
      const added = (securityContext?.capabilities?.add ?? []).filter((each) => !BASELINE_CAPABILITIES.includes(each));
      return [
        ...(securityContext?.privileged ? [`container "${name}" is privileged`] : []),
        ...(ports.some(({ hostPort }) => hostPort) ? [`container "${name}" takes a port of the host`] : []),
        ...(added.length > 0 ? [`container "${name}" adds ${added.join(', ')}`] : []),
      ];
    }),
  ];
}

function restrictedProblems(template: PodTemplate): readonly string[] {
  const pod = template.spec.securityContext;
  return containersOf(template).flatMap(({ name, securityContext }) => {
    const lacks = [
      ...((securityContext?.runAsNonRoot ?? pod?.runAsNonRoot) ? [] : ['runAsNonRoot']),
      ...(securityContext?.allowPrivilegeEscalation === false ? [] : ['allowPrivilegeEscalation: false']),
      ...(securityContext?.capabilities?.drop?.includes('ALL') ? [] : ['capabilities.drop ALL']),
      ...((securityContext?.seccompProfile ?? pod?.seccompProfile) ? [] : ['seccompProfile']),
    ];
    const root = (securityContext?.runAsUser ?? pod?.runAsUser) === 0 ? [`container "${name}" runs as user 0`] : [];
    return [...(lacks.length > 0 ? [`container "${name}" lacks ${lacks.join(', ')}`] : []), ...root];
  });
}

function levelOf(bundle: Bundle, namespace: string): string {
  const labels = inventoryOf(bundle).find('Namespace', undefined, namespace)?.manifest.metadata.labels as
    | Labels
    | undefined;
  return labels?.[`${LABELS.podSecurityPrefix}enforce`] ?? 'privileged';
}

export const podSecurity: Rule = {
  id: 'OBJ027',
  title: 'Pods keep to the Pod Security level of their namespace',
  severity: 'error',
  protectsFrom: 'a workload that is accepted and never gets a pod: each one is forbidden',
  because:
    'Pod Security admission enforces its level on pods alone; for workloads it only warns. A DaemonSet that asks for too much stands there with no pod at all.',
  source: 'Kubernetes documentation, "Pod Security Admission" and "Pod Security Standards"',
  example: {
    of: 'objects',
    breaks: `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: image-pre-pull-cpu, namespace: workbench }
spec: { template: { spec: { hostNetwork: true } } }`,
    mended: `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: image-pre-pull-cpu, namespace: workbench }
spec: { template: { spec: { hostNetwork: false } } }`,
  },
  check: (bundle) =>
    podTemplates(bundle).flatMap((template) => {
      const { subject, origin, namespace } = template;
      const level = levelOf(bundle, namespace);
      if (level === 'privileged') return [];
      const problems = [...baselineProblems(template), ...(level === 'restricted' ? restrictedProblems(template) : [])];
      if (problems.length === 0) return [];
      const message = `namespace "${namespace}" enforces the level ${level}, and ${problems.join('; ')}.`;
      return [{ at: origin, subject, message, hint: 'Ask for less, or run it in a namespace of another level.' }];
    }),
};
