import type { AdmissionResourceRule, NamedExpression } from '../crds/admissionregistration.k8s.io.ts';

const PODS = { apiGroups: [''], apiVersions: ['v1'] } as const;

/** Pods as they are made. A pod's priority and node never change afterwards. */
export const NEW_PODS: AdmissionResourceRule = { ...PODS, operations: ['CREATE'], resources: ['pods'] };

/**
 * Every request that decides what runs in a pod. The subresources are not part of `pods`: debug containers and in-place
 * resizes come through them alone, and Kyverno's CEL policies do not add them (kyverno #16275).
 */
export const ALL_PODS: AdmissionResourceRule = {
  ...PODS,
  operations: ['CREATE', 'UPDATE'],
  resources: ['pods', 'pods/ephemeralcontainers', 'pods/resize'],
};

/**
 * Updates that leave the spec alone pass: controllers must be able to take finalizers off pods that were admitted under
 * older rules, also while Kyverno is away.
 */
export const SPEC_CHANGES: NamedExpression = {
  name: 'spec-changes',
  expression: "request.operation != 'UPDATE' || object.spec != oldObject.spec",
};

/** `variables.containers`: containers, init containers (sidecars are among them) and debug containers. */
export const CONTAINERS_VARIABLE: NamedExpression = {
  name: 'containers',
  expression:
    'object.spec.containers + object.spec.?initContainers.orValue([]) + object.spec.?ephemeralContainers.orValue([])',
};
