import type { Path, PlacedProblem } from '../../core/path.ts';
import { GiB } from '../../core/quantity.ts';
import type { Environment } from '../environment.ts';
import type { Ec2Capacity, NodePool } from '../node-pool.ts';
import { gpuModelOf } from '../pool.ts';

/** The image of AL2023 and Bottlerocket alone needs this much. */
const MIN_ROOT_VOLUME = 20 * GiB;

function imageProblems(
  environment: Environment,
  pool: NodePool,
  capacity: Ec2Capacity,
  at: Path,
): readonly PlacedProblem[] {
  const { image } = capacity;
  const path = [...at, 'image'];
  const hasGpu = gpuModelOf(pool) !== undefined;
  const problems: PlacedProblem[] = [];
  const refuse = (key: string, message: string, hint: string): void => {
    problems.push({ code: 'REF008', at: [...path, key], message, hint });
  };
  if (image.family === 'bottlerocket') {
    if (image.fastImagePull)
      refuse('fastImagePull', "belongs to AL2023's nodeadm.", 'Leave it out: Bottlerocket pulls in parallel.');
    if (hasGpu)
      refuse(
        'family',
        'Bottlerocket brings a device plugin of its own, and two would count GPUs twice.',
        'Use "al2023".',
      );
    if (/^v\d{8}$/.test(image.version)) {
      refuse(
        'version',
        `"${image.version}" is a release of AL2023.`,
        'Name a release of Bottlerocket, for example "1.50.0".',
      );
    }
  }
  const { gpuSoftware } = environment;
  if (hasGpu && image.amiId === undefined && gpuSoftware.kind === 'gpu-operator' && gpuSoftware.driver === 'operator') {
    const message = 'the released AMI for GPUs has a driver already, and the operator would install a second one.';
    refuse('amiId', message, 'Set gpuSoftware.driver to "node-image", or name an AMI without a driver.');
  }
  return problems;
}

function volumeProblems({ rootVolume }: Ec2Capacity, at: Path): readonly PlacedProblem[] {
  const path = [...at, 'rootVolume'];
  const problems: PlacedProblem[] = [];
  const refuse = (key: string, message: string, hint: string): void => {
    problems.push({ code: 'REF009', at: [...path, key], message, hint });
  };
  if (rootVolume.size < MIN_ROOT_VOLUME) refuse('size', 'does not hold the operating system.', 'Use at least 20Gi.');
  // EBS, gp3: at most 500 operations per second and GiB, and 0.25 MiB/s for each of them.
  if (rootVolume.iops > Math.max(3000, (rootVolume.size / GiB) * 500)) {
    refuse('iops', `${rootVolume.iops} operations are more than the size allows.`, 'Use at most 500 per GiB.');
  }
  if (rootVolume.throughput > rootVolume.iops / 4) {
    const message = `${rootVolume.throughput} MiB/s are more than ${rootVolume.iops} operations can carry.`;
    refuse('throughput', message, 'Use at most a quarter of iops.');
  }
  return problems;
}

/** Node images and root volumes that EC2 or the GPU software would refuse (REF008, REF009). */
export function nodeImageProblems(environment: Environment): readonly PlacedProblem[] {
  return environment.nodePools.flatMap((pool, index): readonly PlacedProblem[] => {
    const { capacity } = pool;
    if (capacity.kind !== 'ec2') return [];
    const at = ['nodePools', index, 'capacity'];
    return [...imageProblems(environment, pool, capacity, at), ...volumeProblems(capacity, at)];
  });
}
