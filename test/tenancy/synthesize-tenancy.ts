import type { Manifest } from '../../lib/bundle/bundle.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import type { TenantInput } from '../../lib/model/tenant.ts';
import { HncController } from '../../lib/tenancy/hnc-controller.ts';
import { HncCrds } from '../../lib/tenancy/hnc-crds.ts';
import { HncTenantTree } from '../../lib/tenancy/hnc-tenant-tree.ts';
import { InvitationPolicy } from '../../lib/tenancy/invitation-policy.ts';
import { PlainTenantTree } from '../../lib/tenancy/plain-tenant-tree.ts';
import { PlatformNamespaces } from '../../lib/tenancy/platform-namespaces.ts';
import { TenantNamespaces } from '../../lib/tenancy/tenant-namespaces.ts';
import { TenantRoles } from '../../lib/tenancy/tenant-roles.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';

/** The fixture with these tenants, on a backend. */
export function tenantsInput(
  tenants: readonly TenantInput[] | undefined,
  tenancy: EnvironmentInput['tenancy'] = { backend: { kind: 'hnc' } },
): EnvironmentInput {
  return eksInput(tenants === undefined ? { tenancy } : { tenancy, tenants: [...tenants] });
}

/** Everything the domain makes of an environment. */
export function synthesizeTenancy(input: EnvironmentInput): readonly Manifest[] {
  const platform = platformOf(input);
  const hnc = platform.environment.tenancy.backend.kind === 'hnc';
  const collected = synthesize((scope) => {
    new HncCrds(scope, 'hnc-crds', { platform });
    new PlatformNamespaces(scope, 'platform-namespaces', { platform });
    new TenantNamespaces(scope, 'tenant-namespaces', { platform });
    new TenantRoles(scope, 'tenant-roles', { platform });
    new HncController(scope, 'hnc', { platform });
    new InvitationPolicy(scope, 'invitations', { platform });
    if (hnc) new HncTenantTree(scope, 'tenants', { platform });
    else new PlainTenantTree(scope, 'tenants', { platform });
  });
  return collected.objects.map(({ manifest }) => manifest);
}

/** The one manifest of a kind, by namespace and name; throws where there is none. */
export function find(manifests: readonly Manifest[], kind: string, name: string, namespace?: string): Manifest {
  const found = manifests.find(
    (each) => each.kind === kind && each.metadata.name === name && each.metadata.namespace === namespace,
  );
  if (!found) throw new Error(`There is no ${kind} ${namespace ?? ''}/${name}.`);
  return found;
}

/** Manifests of a kind, in one namespace where that is said. */
export function all(manifests: readonly Manifest[], kind: string, namespace?: string): readonly Manifest[] {
  return manifests.filter(
    (each) => each.kind === kind && (namespace === undefined || each.metadata.namespace === namespace),
  );
}
