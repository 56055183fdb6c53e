import { overlaps, prefixLength } from '../../core/ipv4.ts';
import type { Path, PlacedProblem } from '../../core/path.ts';
import { GiB } from '../../core/quantity.ts';
import type { Cloud } from '../cloud.ts';
import type { CloudNetwork } from '../cloud-network.ts';
import type { EksCluster } from '../cluster.ts';
import type { Environment } from '../environment.ts';

/** Blocks of which Services may have a part (EKS user guide, cluster creation: serviceIpv4Cidr). */
const PRIVATE_BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

const CLOUD: Path = ['cluster', 'cloud'];
const problem = (at: Path, message: string, hint: string): PlacedProblem => ({
  code: 'REF016',
  at: [...CLOUD, ...at],
  message,
  hint,
});

function zoneProblems({ zones }: EksCluster): readonly PlacedProblem[] {
  const at = ['cluster', 'zones'];
  if (zones.length < 2) {
    const message = `${zones.length} zone is not enough: EKS and RDS want subnets in two at least.`;
    return [{ code: 'REF016', at, message, hint: 'Name a second zone; pools may stay in one.' }];
  }
  if (zones.length <= 7) return [];
  return [
    {
      code: 'REF016',
      at,
      message: `${zones.length} zones are more than a VPC is cut for.`,
      hint: 'Name seven at most.',
    },
  ];
}

function networkProblems(network: CloudNetwork, zones: readonly string[]): readonly PlacedProblem[] {
  const at = ['network'];
  if (network.kind === 'new') {
    const bits = prefixLength(network.cidr);
    if (bits >= 16 && bits <= 20) return [];
    const message = `"${network.cidr}" is a block of /${bits}; a VPC has /16 at most, and pods need more addresses than /20 has.`;
    return [problem([...at, 'cidr'], message, 'For example "10.0.0.0/16".')];
  }
  const subnets = Object.keys(network.privateSubnets);
  return [
    ...zones
      .filter((zone) => !subnets.includes(zone))
      .map((zone) =>
        problem(
          [...at, 'privateSubnets'],
          `no subnet is stated for the zone "${zone}".`,
          'State one, or leave out the zone.',
        ),
      ),
    ...subnets
      .filter((zone) => !zones.includes(zone))
      .map((zone) =>
        problem(
          [...at, 'privateSubnets', zone],
          `"${zone}" is no zone of the cluster.`,
          `Zones are ${zones.join(', ')}.`,
        ),
      ),
  ];
}

function serviceProblems({ controlPlane: { serviceCidr }, network }: Cloud): readonly PlacedProblem[] {
  const at = ['controlPlane', 'serviceCidr'];
  const bits = prefixLength(serviceCidr);
  const inside = PRIVATE_BLOCKS.some((block) => overlaps(block, serviceCidr) && bits >= prefixLength(block));
  if (!inside || bits < 12 || bits > 24) {
    const message = `"${serviceCidr}" is no part of ${PRIVATE_BLOCKS.join(', ')} between /12 and /24.`;
    return [problem(at, message, 'For example "172.20.0.0/16".')];
  }
  if (network.kind !== 'new' || !overlaps(serviceCidr, network.cidr)) return [];
  const message = `"${serviceCidr}" and the VPC's "${network.cidr}" have addresses in common.`;
  return [problem(at, message, 'Keep Services and the VPC apart.')];
}

function accessProblems({ controlPlane: { admins, viewers } }: Cloud): readonly PlacedProblem[] {
  return viewers.flatMap((viewer, index) => {
    if (!admins.includes(viewer)) return [];
    const message = `"${viewer}" is an administrator already, and EKS takes one entry of each.`;
    return [problem(['controlPlane', 'viewers', index], message, 'Leave it out here.')];
  });
}

function databaseProblems({ database }: Cloud, { workbench }: Environment): readonly PlacedProblem[] {
  if (database === undefined) return [];
  const at = ['database'];
  const problems: PlacedProblem[] = [];
  if (workbench.database.kind !== 'postgresql') {
    const message = `nobody uses it: workbench.database is of kind "${workbench.database.kind}".`;
    problems.push(problem(at, message, 'Use kind "postgresql" there, or leave this out.'));
  }
  for (const key of ['storage', 'maxStorage'] as const) {
    if (database[key] % GiB === 0 && database[key] >= 20 * GiB) continue;
    problems.push(problem([...at, key], 'is no whole number of GiB from 20 on.', 'For example "20Gi".'));
  }
  // Amazon RDS user guide, "Managing capacity automatically with storage autoscaling".
  if (database.maxStorage < 1.1 * database.storage) {
    const message = 'is not a tenth above storage, which RDS wants, so that the storage can grow.';
    problems.push(problem([...at, 'maxStorage'], message, 'Make it twice as large or more.'));
  }
  return problems;
}

function registryProblems({ imageRepositories }: Cloud, { registry }: Environment, cluster: EksCluster) {
  if (imageRepositories === undefined) return [];
  const host = `${cluster.accountId}.dkr.ecr.${cluster.region}.amazonaws.com`;
  if (registry.kind === 'ecr' && registry.host.split('/')[0]?.replace(/\.cn$/, '') === host) return [];
  const message = `repositories are made in ${host}, and registry.host is "${registry.host}".`;
  return [
    problem(['imageRepositories'], message, 'Let the environment of that account make them, or change registry.'),
  ];
}

/** Controllers and DNS need nodes that nobody has to launch for them. */
function systemNodeProblems({ nodePools }: Environment): readonly PlacedProblem[] {
  const system = nodePools.filter(({ role }) => role === 'system');
  const lasting = system.some(({ capacity }) => capacity.kind === 'ec2' && capacity.min > 0);
  if (lasting) return [];
  const message =
    'no system pool has a minimum of nodes, so the cluster would begin with no place for DNS and autoscaler.';
  return [{ code: 'REF016', at: ['nodePools'], message, hint: 'Add a pool of role "system" with min 2.' }];
}

/** What `cluster.cloud` says of itself and of the rest of the environment, and cannot be (REF016). */
export function cloudProblems(environment: Environment): readonly PlacedProblem[] {
  const { cluster } = environment;
  if (cluster.kind !== 'eks' || cluster.cloud === undefined) return [];
  const { cloud } = cluster;
  return [
    ...zoneProblems(cluster),
    ...networkProblems(cloud.network, cluster.zones),
    ...serviceProblems(cloud),
    ...accessProblems(cloud),
    ...databaseProblems(cloud, environment),
    ...registryProblems(cloud, environment, cluster),
    ...systemNodeProblems(environment),
  ];
}
