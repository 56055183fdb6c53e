import { parseBytes, parseMillicpu } from '../../core/quantity.ts';
import { inventoryOf } from '../reading/inventory.ts';
import { type PodTemplate, podTemplates } from '../reading/pod-template.ts';
import type { Rule } from '../rule.ts';

type Hard = Readonly<Record<string, string>>;

const parse = (resource: string, quantity: string | number): number =>
  (resource === 'cpu' ? parseMillicpu(String(quantity)) : parseBytes(String(quantity))) ?? 0;

/** What one pod counts against `requests.<resource>`; a limit without a request is one; `undefined`: nothing is stated. */
function requested({ spec }: PodTemplate, resource: string): number | undefined {
  const amounts = spec.containers.map(
    ({ resources }) => resources?.requests?.[resource] ?? resources?.limits?.[resource],
  );
  if (amounts.some((amount) => amount === undefined)) return undefined;
  return amounts.reduce<number>((sum, amount) => sum + parse(resource, amount ?? 0), 0);
}

/** The first thing about which the quota would refuse a pod of the workload. */
function obstacle(template: PodTemplate, hard: Hard): string | undefined {
  const { pods = 1 } = template;
  if (hard.pods !== undefined && pods > Number(hard.pods)) return `${pods} pods of ${hard.pods}`;
  for (const [key, limit] of Object.entries(hard)) {
    if (!key.startsWith('requests.') || key === 'requests.storage') continue;
    const resource = key.slice('requests.'.length);
    const each = requested(template, resource);
    if (each === undefined && (resource === 'cpu' || resource === 'memory')) {
      return `a container states no request of ${resource}, which the quota makes everybody state`;
    }
    if ((each ?? 0) * pods > parse(resource, limit)) return `${pods} pods ask for more ${resource} than ${limit}`;
  }
  return undefined;
}

export const workloadOverQuota: Rule = {
  id: 'OBJ028',
  title: 'Workloads of the platform fit the quota of their namespace',
  severity: 'error',
  protectsFrom: 'reservations and controllers of which some pods are never made: "exceeded quota"',
  because:
    'The admission plugin ResourceQuota refuses the pod that goes beyond, and any pod that states no request for CPU or memory where the quota counts them. The workload only shows fewer pods.',
  source: 'Kubernetes 1.36, pkg/quota/v1/evaluator/core/pods.go',
  example: {
    of: 'objects',
    breaks: `apiVersion: v1
kind: ResourceQuota
metadata: { name: few, namespace: hnc-system }
spec: { hard: { pods: "0" } }`,
    mended: `apiVersion: v1
kind: ResourceQuota
metadata: { name: few, namespace: hnc-system }
spec: { hard: { pods: "2" } }`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    const quotas = inventory.ofKind('ResourceQuota');
    return podTemplates(bundle)
      .filter(({ spec }) => spec.containers.length > 0)
      .flatMap((template) =>
        quotas.flatMap(({ manifest }) => {
          if (manifest.metadata.namespace !== template.namespace) return [];
          const { hard = {} } = (manifest.spec ?? {}) as { readonly hard?: Hard };
          const reason = obstacle(template, hard);
          if (reason === undefined) return [];
          const message = `quota "${manifest.metadata.name}" of namespace "${template.namespace}" refuses its pods: ${reason}.`;
          return [
            { at: template.origin, subject: template.subject, message, hint: 'Raise the quota, or ask for less.' },
          ];
        }),
      );
  },
};
