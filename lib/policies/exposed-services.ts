import type { NamedExpression } from '../crds/admissionregistration.k8s.io.ts';
import type { Platform } from '../model/platform.ts';
import { celList, celText, literal } from './cel.ts';
import { IS_PEOPLES, TIER_VARIABLE } from './governed-namespaces.ts';
import type { PolicyRule } from './policy-rule.ts';
import { remedy } from './remedy.ts';

/** Types of Services that are reached from outside: a port of every node, a load balancer of the cloud. */
const EXPOSING_TYPES = ['NodePort', 'LoadBalancer'];

const TYPE: NamedExpression = { name: 'type', expression: "object.spec.?type.orValue('ClusterIP')" };
const EXTERNAL_IPS: NamedExpression = {
  name: 'externalIPs',
  expression: 'object.spec.?externalIPs.orValue([])',
};
/** A Service that was there before the rule can still be labelled, and let go by the finalizer of its load balancer. */
const AS_BEFORE: NamedExpression = {
  name: 'asBefore',
  expression: `request.operation == 'UPDATE' &&
  oldObject.spec.?type.orValue('ClusterIP') == variables.type &&
  oldObject.spec.?externalIPs.orValue([]) == variables.externalIPs`,
};

/**
 * Services of people are reached from inside the cluster alone. Who may make Services may otherwise have the cloud make a
 * load balancer, public unless told otherwise and paid for until somebody finds it, and by `externalIPs` take over what
 * others send to an address (CVE-2020-8554; Kubernetes documentation, "External IPs").
 */
export function exposedServices(platform: Platform): PolicyRule {
  const advice = remedy(platform, 'Use type ClusterIP without externalIPs');
  return {
    name: 'exposed-services',
    policy: 'exposed-services',
    explanation:
      'Services of tenants and courses are reached from inside the cluster only, so that nobody opens it to the outside unseen.',
    resources: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['services'] }],
    aboutPods: false,
    enforcedBy: 'both',
    conditions: [],
    variables: [TIER_VARIABLE, TYPE, EXTERNAL_IPS, AS_BEFORE],
    validations: [
      {
        expression: `!(${IS_PEOPLES}) || variables.asBefore || !(variables.type in ${celList(EXPOSING_TYPES)})`,
        explain: celText`Service "${'object.metadata.name'}" is of type ${'variables.type'}, which is reached from outside \
of the cluster; namespace "${'request.namespace'}" may not have such. ${literal(advice)}`,
        message: `This namespace may not have Services that are reached from outside of the cluster. ${advice}`,
      },
      {
        expression: `!(${IS_PEOPLES}) || variables.asBefore || variables.externalIPs.size() == 0`,
        explain: celText`Service "${'object.metadata.name'}" takes external IP ${'variables.externalIPs[0]'}, and with it what \
others send there; namespace "${'request.namespace'}" may not have such. ${literal(advice)}`,
        message: `This namespace may not have Services with external IPs. ${advice}`,
      },
    ],
  };
}
