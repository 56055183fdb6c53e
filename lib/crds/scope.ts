/** Kinds without a namespace among those that Atelier emits. Everything else lives in one. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'v1/Namespace',
  'v1/PersistentVolume',
  'apiextensions.k8s.io/v1/CustomResourceDefinition',
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration',
  'hnc.x-k8s.io/v1alpha2/HNCConfiguration',
  'karpenter.k8s.aws/v1/EC2NodeClass',
  'karpenter.sh/v1/NodePool',
  'karpenter.sh/v1alpha1/NodeOverlay',
  'policies.kyverno.io/v1/ValidatingPolicy',
  'rbac.authorization.k8s.io/v1/ClusterRole',
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
  'scheduling.k8s.io/v1/PriorityClass',
  'storage.k8s.io/v1/StorageClass',
]);

/** Whether objects of the kind live in a namespace. */
export function isNamespaced(apiVersion: string, kind: string): boolean {
  return !CLUSTER_SCOPED.has(`${apiVersion}/${kind}`);
}
