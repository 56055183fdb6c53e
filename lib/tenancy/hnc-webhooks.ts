import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import { LABELS } from '../catalog/labels.ts';
import { HNC_GROUP, HNC_VERSION } from '../crds/hnc.x-k8s.io.ts';
import { HNC_NAMESPACE } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { excludedNamespaces } from './hnc-arguments.ts';
import { HNC_NAMES, PROPAGATED } from './hnc-names.ts';

/** The certificate of the manager is added by the manager itself. */
const at = (path: string): k8s.WebhookClientConfig => ({
  service: { namespace: HNC_NAMESPACE, name: HNC_NAMES.service, path, port: 443 },
});

const shared = { admissionReviewVersions: ['v1'], sideEffects: 'None' };

const WRITES = ['CREATE', 'UPDATE'];
const ALL = [...WRITES, 'DELETE'];

/** A webhook for one of HNC's own kinds. */
function ownKind(resource: string, path: string, operations: string[], name = resource): k8s.ValidatingWebhook {
  return {
    ...shared,
    name: `${name}.${HNC_GROUP}`,
    clientConfig: at(path),
    failurePolicy: 'Fail',
    rules: [{ apiGroups: [HNC_GROUP], apiVersions: [HNC_VERSION], operations, resources: [resource] }],
  };
}

const includedOnly: k8s.LabelSelector = { matchLabels: { [LABELS.hncIncluded]: 'true' } };

/**
 * Keeps copies from being changed. Upstream asks HNC about every object of every kind; the manager lets all pass but the
 * kinds it copies (internal/objects/validator.go), so those are the only ones it is asked about: pods start without it.
 */
function copies(): k8s.ValidatingWebhook {
  const rule = (group: string, resources: string[]): k8s.RuleWithOperations => ({
    apiGroups: [group],
    apiVersions: ['*'],
    operations: ALL,
    resources,
    scope: 'Namespaced',
  });
  return {
    ...shared,
    name: `objects.${HNC_GROUP}`,
    clientConfig: at('/validate-objects'),
    failurePolicy: 'Fail',
    timeoutSeconds: 5,
    namespaceSelector: includedOnly,
    rules: [
      rule('rbac.authorization.k8s.io', ['roles', 'rolebindings']),
      ...PROPAGATED.map(({ group, resource }) => rule(group, [resource])),
    ],
  };
}

/** Counts what is used against the quotas above. Fails open, as upstream does: one manager must not hold up every pod. */
const quotaUse: k8s.ValidatingWebhook = {
  ...shared,
  name: `resourcesquotasstatus.${HNC_GROUP}`,
  clientConfig: at('/validate-hnc-x-k8s-io-v1alpha2-resourcequotasstatus'),
  failurePolicy: 'Ignore',
  timeoutSeconds: 5,
  namespaceSelector: includedOnly,
  objectSelector: { matchLabels: { [LABELS.hncQuota]: 'true' } },
  rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['resourcequotas/status'] }],
};

/** Not for the namespaces that HNC leaves alone, told by the label nobody can change: they work while HNC is away. */
function namespaceSelector(platform: Platform): k8s.LabelSelector {
  return {
    matchExpressions: [{ key: LABELS.namespaceName, operator: 'NotIn', values: [...excludedNamespaces(platform)] }],
  };
}

/** The webhooks of HNC 1.1.0 with hierarchical quotas (config/webhook, config/variants/hrq), asked no more than needed. */
export function hncWebhooks(scope: Construct, platform: Platform): void {
  const namespaces = { apiGroups: [''], apiVersions: ['v1'], resources: ['namespaces'] };
  new k8s.KubeMutatingWebhookConfiguration(scope, 'mutating-webhooks', {
    metadata: { name: HNC_NAMES.mutatingWebhooks },
    webhooks: [
      {
        ...shared,
        name: `namespacelabel.${HNC_GROUP}`,
        clientConfig: at('/mutate-namespace'),
        failurePolicy: 'Ignore',
        namespaceSelector: namespaceSelector(platform),
        rules: [{ ...namespaces, operations: WRITES }],
      },
    ],
  });
  const hncPath = (resource: string): string => `/validate-hnc-x-k8s-io-${HNC_VERSION}-${resource}`;
  new k8s.KubeValidatingWebhookConfiguration(scope, 'validating-webhooks', {
    metadata: { name: HNC_NAMES.validatingWebhooks },
    webhooks: [
      ownKind('subnamespaceanchors', hncPath('subnamespaceanchors'), ALL),
      ownKind('hierarchyconfigurations', hncPath('hierarchyconfigurations'), WRITES),
      ownKind('hncconfigurations', hncPath('hncconfigurations'), ALL),
      ownKind('hierarchicalresourcequotas', hncPath('hrq'), WRITES, 'hrq'),
      copies(),
      {
        ...shared,
        name: `namespaces.${HNC_GROUP}`,
        clientConfig: at('/validate-v1-namespace'),
        failurePolicy: 'Fail',
        namespaceSelector: namespaceSelector(platform),
        rules: [{ ...namespaces, operations: ALL }],
      },
      quotaUse,
    ],
  });
}
