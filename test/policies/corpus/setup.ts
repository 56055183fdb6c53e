import type { Manifest } from '../../../lib/bundle/bundle.ts';
import { ANNOTATIONS } from '../../../lib/catalog/annotations.ts';
import { GPU_ACCESS_ALLOWED, LABELS } from '../../../lib/catalog/labels.ts';
import type { JsonObject } from '../../../lib/core/json.ts';
import type { Platform } from '../../../lib/model/platform.ts';
import { tenantLabels } from '../../../lib/model/tenant-labels.ts';
import { NAMESPACE_EDITOR } from './labels.ts';

function namespace(name: string, labels: JsonObject = {}, annotations: JsonObject = {}): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations } };
}

const GPU_ALLOWED = { [LABELS.gpuAccess]: GPU_ACCESS_ALLOWED };

/** Namespaces of the corpus, with the labels that the platform gives them. */
export function corpusNamespaces({ environment, namespaces, tenants }: Platform): readonly Manifest[] {
  return [
    ...namespaces
      .filter(({ made }) => made)
      .map(({ name, tier, gpuAllowed }) =>
        namespace(name, { [LABELS.tier]: tier, ...(gpuAllowed ? GPU_ALLOWED : {}) }),
      ),
    ...tenantLabels(environment, tenants).map(({ tenant, actual }) => namespace(tenant.name, actual)),
    // What a cluster holds besides the platform.
    namespace('other-software'),
    namespace('gpu-software', GPU_ALLOWED),
    namespace('mislabelled', { [LABELS.tier]: 'gold' }),
    namespace('fresh', {}, { [ANNOTATIONS.hncSubnamespaceOf]: 'vision' }),
  ];
}

function priorityClasses(platform: Platform): readonly Manifest[] {
  const apiVersion = 'scheduling.k8s.io/v1';
  return [
    ...platform.environment.priorities.map(
      (step): Manifest => ({
        apiVersion,
        kind: 'PriorityClass',
        metadata: { name: step.name },
        value: step.value,
        globalDefault: step.default,
        preemptionPolicy: step.preempts ? 'PreemptLowerPriority' : 'Never',
      }),
    ),
    { apiVersion, kind: 'PriorityClass', metadata: { name: 'foreign-high' }, value: 500_000 },
  ];
}

const runtimeClass = (name: string, added?: JsonObject): Manifest => ({
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name },
  handler: name,
  ...(added === undefined ? {} : { overhead: { podFixed: added } }),
});

const serviceAccount = (name: string, namespaceName: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: namespaceName },
});

const EDITOR_ROLE: readonly Manifest[] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'corpus-namespace-editor' },
    rules: [
      { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'create', 'update', 'patch'] },
      { apiGroups: ['hnc.x-k8s.io'], resources: ['subnamespaceanchors'], verbs: ['get', 'create', 'update', 'patch'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'corpus-namespace-editor' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'corpus-namespace-editor' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: NAMESPACE_EDITOR }],
  },
];

/** Objects that must exist before the corpus is replayed, beside the policies, in the order they are applied. */
export function corpusSetup(platform: Platform): readonly Manifest[] {
  const made = corpusNamespaces(platform);
  return [
    ...made,
    ...priorityClasses(platform),
    ...['nvidia', 'nvidia-cdi', 'gvisor'].map((name) => runtimeClass(name)),
    runtimeClass('sandboxed', { cpu: '1', memory: '1Gi' }),
    ...['default', ...made.map(({ metadata }) => metadata.name)].map((name) => serviceAccount('default', name)),
    ...['tabular', 'teaching', 'vision'].flatMap((name) =>
      ['trainer', 'demo', 'urgent', 'spark'].map((account) => serviceAccount(account, name)),
    ),
    ...EDITOR_ROLE,
  ];
}
