import type { TenantNode } from '../../model/tenant-tree.ts';
import { type Explanation, worst } from '../explanation.ts';
import { explainFindings } from '../findings.ts';
import { placeAt, type Scene } from '../scene.ts';
import { explainPeople } from './people.ts';
import { explainTreePlace } from './place.ts';
import { explainTenantPolicies } from './policies.ts';
import { explainTenantQuota } from './quota.ts';
import { explainRoom } from './room.ts';

const STEPS = [explainTreePlace, explainPeople, explainTenantQuota, explainRoom, explainTenantPolicies] as const;

/** Everything about one tenant: place, people, quotas, what fits, policies. */
export function explainTenant(scene: Scene, tenant: TenantNode): Explanation {
  const place = placeAt(scene, tenant.at);
  const steps = [...STEPS.map((explain) => explain(scene, tenant)), explainFindings(scene, place.path)];
  const told = (id: string): string => steps.find((step) => step.id === id)?.summary ?? '';
  return {
    kind: 'tenant',
    name: tenant.name,
    environment: scene.bundle.environment,
    title: tenant.title,
    place,
    verdict: worst(steps.map(({ verdict }) => verdict)),
    summary: `${told('place')}; ${told('quota')}.`,
    steps,
  };
}
