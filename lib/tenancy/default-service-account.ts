import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import type { Environment } from '../model/environment.ts';

/**
 * The ServiceAccount that pods get which name none. Kubernetes makes it in every namespace; this takes its token away, so
 * that what runs under it has no identity to lose, and gives it the pull secret of the registry where there is one.
 */
export function defaultServiceAccount(
  scope: Construct,
  id: string,
  namespace: string,
  { registry }: Environment,
): k8s.KubeServiceAccount {
  return new k8s.KubeServiceAccount(scope, id, {
    metadata: { name: 'default', namespace },
    automountServiceAccountToken: false,
    ...(registry.pullSecret === undefined ? {} : { imagePullSecrets: [{ name: registry.pullSecret }] }),
  });
}
