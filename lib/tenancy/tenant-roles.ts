import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import type { Platform } from '../model/platform.ts';
import { memberRules, ownerRules, selfServiceRules, TENANT_ROLES } from './tenant-rules.ts';

/** The ClusterRoles of tenants; they grant nothing until bound in a namespace. Phase 10-foundation. */
export class TenantRoles extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const role = (name: string, explanation: string, rules: k8s.PolicyRule[]): void => {
      new k8s.KubeClusterRole(this, name, {
        metadata: { name, annotations: { [ANNOTATIONS.explanation]: explanation } },
        rules,
      });
    };
    role(TENANT_ROLES.member, 'Runs workloads in the namespace and sees its limits.', memberRules());
    role(TENANT_ROLES.owner, 'A member who may invite members, and nobody else.', ownerRules());
    if (platform.environment.tenancy.backend.kind === 'hnc') {
      role(TENANT_ROLES.selfService, 'Makes namespaces below this one.', selfServiceRules());
    }
  }
}
