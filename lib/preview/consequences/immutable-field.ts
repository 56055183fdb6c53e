import { type Change, displayFieldPath, isUnder } from '../change.ts';
import type { ConsequenceRule } from '../consequence.ts';
import { kindKey } from '../lookup.ts';
import type { Risk } from '../risk.ts';
import { describeSubject } from '../subject.ts';
import { distinct, list } from '../words.ts';

interface Immutable {
  readonly kind: string;
  /** Fields that cannot change, with everything below them. */
  readonly fields: readonly string[];
  /** Fields below them that can. */
  readonly except?: readonly string[];
  /** Whether the server keeps what it has where the field is left out, instead of refusing. */
  readonly keptWhenLeftOut?: true;
  readonly risk: Risk;
  /** What replacing the object does to whoever uses it. */
  readonly effect: string;
}

const NO_PODS_TOUCHED = 'What uses it keeps running, but nothing of the change holds until it is made anew.';

/** Kubernetes 1.36: pkg/apis/<group>/validation/validation.go, and pkg/registry/<group>/<kind>/strategy.go. */
const IMMUTABLE: readonly Immutable[] = [
  {
    kind: 'batch/Job',
    fields: ['spec.template', 'spec.selector', 'spec.completionMode', 'spec.podFailurePolicy'],
    risk: 'disruptive',
    effect: 'Its pods end with it.',
  },
  {
    kind: 'apps/StatefulSet',
    fields: ['spec'],
    except: [
      'spec.replicas',
      'spec.ordinals',
      'spec.template',
      'spec.updateStrategy',
      'spec.revisionHistoryLimit',
      'spec.persistentVolumeClaimRetentionPolicy',
      'spec.minReadySeconds',
    ],
    risk: 'disruptive',
    effect: 'Its pods end with it; delete it with --cascade=orphan to keep them.',
  },
  ...['Deployment', 'DaemonSet', 'ReplicaSet'].map(
    (kind): Immutable => ({
      kind: `apps/${kind}`,
      fields: ['spec.selector'],
      risk: 'disruptive',
      effect: 'All its pods end at once, because a new one does not adopt them.',
    }),
  ),
  {
    kind: 'storage.k8s.io/StorageClass',
    fields: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
    risk: 'care',
    effect: 'Volumes that exist keep what they were made with.',
  },
  {
    kind: 'scheduling.k8s.io/PriorityClass',
    fields: ['value', 'preemptionPolicy'],
    risk: 'care',
    effect: 'Pods that run keep the number they were admitted with.',
  },
  {
    kind: '/Service',
    fields: ['spec.clusterIP', 'spec.clusterIPs'],
    keptWhenLeftOut: true,
    risk: 'disruptive',
    effect: 'Clients that know the address lose it.',
  },
  {
    kind: '/PersistentVolumeClaim',
    fields: ['spec'],
    except: ['spec.resources.requests', 'spec.volumeAttributesClassName'],
    risk: 'dangerous',
    effect: 'Its volume is deleted with it, unless the reclaim policy is Retain.',
  },
  {
    kind: '/PersistentVolume',
    fields: ['spec.csi', 'spec.nfs', 'spec.volumeMode', 'spec.claimRef'],
    risk: 'disruptive',
    effect: 'Pods that mount it must end first; what they find after is what the new source holds.',
  },
  ...['RoleBinding', 'ClusterRoleBinding'].map(
    (kind): Immutable => ({
      kind: `rbac.authorization.k8s.io/${kind}`,
      fields: ['roleRef'],
      risk: 'care',
      effect: 'Between deleting and making it anew its subjects have no rights.',
    }),
  ),
  {
    kind: 'apiextensions.k8s.io/CustomResourceDefinition',
    fields: ['spec.scope', 'spec.group', 'spec.names.kind', 'spec.names.plural'],
    risk: 'dangerous',
    effect: 'Deleting a definition deletes every object of its kind.',
  },
  {
    kind: 'karpenter.sh/NodePool',
    fields: ['spec.template.spec.nodeClassRef.group', 'spec.template.spec.nodeClassRef.kind'],
    risk: 'disruptive',
    effect: 'Its nodes go with it.',
  },
  { kind: 'node.k8s.io/RuntimeClass', fields: ['handler'], risk: 'care', effect: NO_PODS_TOUCHED },
  { kind: 'networking.k8s.io/IngressClass', fields: ['spec.controller'], risk: 'care', effect: NO_PODS_TOUCHED },
];

function frozenFields(change: Change, rule: Immutable): readonly string[] {
  const { fields, except = [], keptWhenLeftOut } = rule;
  return change.fields
    .filter(({ action }) => !(keptWhenLeftOut && action === 'removed'))
    .filter((field) => fields.some((each) => isUnder(field, each)) && !except.some((each) => isUnder(field, each)))
    .map(({ path }) => displayFieldPath(path));
}

export const immutableField: ConsequenceRule = {
  id: 'immutable-field',
  title: 'The API server refuses the update: the object must be deleted and made anew',
  upstream:
    'Kubernetes 1.36 pkg/apis/*/validation, pkg/registry/*/strategy.go; Karpenter 1.14.1 karpenter.sh_nodepools.yaml',
  foresee: ({ changes }) =>
    changes.flatMap((change) => {
      const rule = IMMUTABLE.find(({ kind }) => kind === kindKey(change.subject));
      if (!rule || change.action !== 'changed') return [];
      const frozen = distinct(frozenFields(change, rule));
      if (frozen.length === 0) return [];
      return [
        {
          risk: rule.risk,
          about: describeSubject(change.subject),
          message: `${list(frozen, 3)} cannot be changed: the server refuses the update, so the object must be deleted and made anew. ${rule.effect}`,
          causes: [change.subject],
        },
      ];
    }),
};
