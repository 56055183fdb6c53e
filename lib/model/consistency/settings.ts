import type { Path, PlacedProblem } from '../../core/path.ts';
import { nodeRoleName } from '../cluster.ts';
import type { Environment } from '../environment.ts';
import { TIERS } from '../priority-ladder.ts';
import { tenantTree } from '../tenant-tree.ts';
import { unknownReference } from './unknown-reference.ts';

function storageProblems({ storage, cluster }: Environment): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const known = storage.classes.map(({ name }) => name);
  for (const key of ['block', 'shared'] as const) {
    if (known.includes(storage[key])) continue;
    problems.push(
      unknownReference('REF010', ['storage', key], 'storage class of the environment', storage[key], known),
    );
  }
  const shared = storage.classes.find(({ name }) => name === storage.shared);
  if (shared && (shared.kind === 'ebs' || (shared.kind === 'existing' && !shared.readWriteMany))) {
    const message = `"${shared.name}" cannot be mounted by many nodes at once.`;
    problems.push({ code: 'REF010', at: ['storage', 'shared'], message, hint: 'Name a ReadWriteMany class.' });
  }
  if (cluster.kind === 'eks') return problems;
  storage.classes.forEach((each, index) => {
    if (each.kind === 'existing') return;
    const message = `"${each.kind}" needs a cluster of kind eks.`;
    problems.push({ code: 'REF010', at: ['storage', 'classes', index, 'kind'], message, hint: 'Use kind "existing".' });
  });
  if (storage.homes.volume.kind === 'efs') {
    const message = '"efs" needs a cluster of kind eks.';
    problems.push({ code: 'REF010', at: ['storage', 'homes', 'volume', 'kind'], message, hint: 'Use kind "nfs".' });
  }
  return problems;
}

function workbenchProblems({ workbench }: Environment): readonly PlacedProblem[] {
  if (workbench.replicas === 1 || workbench.database.kind === 'postgresql') return [];
  return [
    {
      code: 'REF011',
      at: ['workbench', 'database', 'kind'],
      message: `"${workbench.database.kind}" serves one server, and there are ${workbench.replicas} replicas.`,
      hint: 'Use kind "postgresql".',
    },
  ];
}

function priorityProblems({ priorities }: Environment): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  priorities.forEach((step, index) => {
    const below = priorities[index - 1];
    if (!below || step.value > below.value) return;
    const message = `${step.value} is not above ${below.value} of "${below.name}"; the ladder goes up, step by step.`;
    problems.push({
      code: 'REF013',
      at: ['priorities', index, 'value'],
      message,
      hint: 'Order the steps, lowest first.',
    });
  });
  const defaults = priorities.flatMap((step, index) => (step.default ? [index] : []));
  defaults.slice(1).forEach((index) => {
    const message = 'a second step is the default.';
    problems.push({ code: 'REF013', at: ['priorities', index, 'default'], message, hint: 'At most one step may be.' });
  });
  priorities.forEach((step, index) => {
    if (!step.name.startsWith('system-')) return;
    const message = `"${step.name}": names that begin with "system-" belong to Kubernetes.`;
    problems.push({ code: 'REF013', at: ['priorities', index, 'name'], message, hint: 'Rename the step.' });
  });
  for (const tier of TIERS) {
    if (priorities.some((step) => step.tiers.includes(tier))) continue;
    const message = `no step is for the tier "${tier}", so none of its pods could be admitted.`;
    problems.push({ code: 'REF013', at: ['priorities'], message, hint: 'Add the tier to a step.' });
  }
  return problems;
}

function clusterProblems(environment: Environment): readonly PlacedProblem[] {
  const { cluster, autoscaler, monitoring, registry, daemonSets, nodePools } = environment;
  const problems: PlacedProblem[] = [];
  const eksOnly = (at: readonly PropertyKey[], what: string, hint: string): void => {
    if (cluster.kind !== 'eks')
      problems.push({ code: 'REF008', at, message: `${what} needs a cluster of kind eks.`, hint });
  };
  if (autoscaler.kind !== 'none') eksOnly(['autoscaler', 'kind'], `"${autoscaler.kind}"`, 'Use kind "none".');
  if (monitoring.logs.kind === 'cloudwatch')
    eksOnly(['monitoring', 'logs', 'kind'], '"cloudwatch"', 'Use kind "loki".');
  if (registry.kind === 'ecr') eksOnly(['registry', 'kind'], '"ecr"', 'Use kind "other".');
  if (cluster.kind === 'eks' && environment.packingScheduler.kind === 'control-plane') {
    const message = 'nobody can configure the scheduler of EKS.';
    problems.push({ code: 'REF008', at: ['packingScheduler', 'kind'], message, hint: 'Use kind "deployment".' });
  }
  if (cluster.kind === 'eks') {
    cluster.zones.forEach((zone, index) => {
      if (zone.startsWith(cluster.region)) return;
      const message = `"${zone}" is no zone of the region ${cluster.region}.`;
      const hint = `For example "${cluster.region}a".`;
      problems.push({ code: 'REF008', at: ['cluster', 'zones', index], message, hint });
    });
    if (nodeRoleName(cluster).length > 64) {
      const message = `the node role "${nodeRoleName(cluster)}" has over 64 characters.`;
      problems.push({ code: 'REF009', at: ['cluster'], message, hint: 'State a shorter nodeRole.' });
    }
  }
  const pools = nodePools.map(({ name }) => name);
  daemonSets.forEach((daemon, index) => {
    daemon.pools?.forEach((pool, position) => {
      if (pools.includes(pool)) return;
      problems.push(unknownReference('REF002', ['daemonSets', index, 'pools', position], 'node pool', pool, pools));
    });
  });
  return problems;
}

/** A container that asks for nothing gets these; the API server refuses a request above its limit. */
function podDefaultProblems(environment: Environment): readonly PlacedProblem[] {
  const { ceiling } = environment.policies;
  const places = [
    { at: ['tenancy', 'podDefaults'] as Path, defaults: environment.tenancy.podDefaults },
    ...tenantTree(environment).map(({ at, podDefaults }) => ({ at: [...at, 'podDefaults'], defaults: podDefaults })),
  ];
  const seen = new Set<unknown>();
  return places.flatMap(({ at, defaults }): readonly PlacedProblem[] => {
    if (seen.has(defaults)) return [];
    seen.add(defaults);
    return (['cpu', 'memory'] as const).flatMap((key) => {
      const over = defaults.request[key] > defaults.limit[key];
      const tooMuch = defaults.limit[key] > ceiling[key];
      if (!over && !tooMuch) return [];
      const message = over
        ? `the default request of ${key} is above the default limit.`
        : `the default limit of ${key} is above policies.ceiling.`;
      return [{ code: 'REF009', at: [...at, over ? 'request' : 'limit', key], message, hint: 'Lower it.' }];
    });
  });
}

function policyProblems(environment: Environment): readonly PlacedProblem[] {
  const { workbench, policies } = environment;
  const known = [...tenantTree(environment).map(({ name }) => name), workbench.sessionNamespace, workbench.namespace];
  return policies.exceptions.flatMap(({ namespace }, index) =>
    known.includes(namespace)
      ? []
      : [
          unknownReference(
            'REF014',
            ['policies', 'exceptions', index, 'namespace'],
            'namespace of a tenant',
            namespace,
            known,
          ),
        ],
  );
}

/** Storage (REF010), Workbench (REF011), priorities (REF013), policies (REF014), and what needs EKS (REF008). */
export function settingProblems(environment: Environment): readonly PlacedProblem[] {
  return [
    ...clusterProblems(environment),
    ...storageProblems(environment),
    ...workbenchProblems(environment),
    ...priorityProblems(environment),
    ...podDefaultProblems(environment),
    ...policyProblems(environment),
  ];
}
