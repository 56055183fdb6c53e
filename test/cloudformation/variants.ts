import { type Json, type JsonObject, objectOr } from '../../lib/core/json.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { environmentJsonSchema } from '../../lib/model/json-schema.ts';
import { type CloudInput, cloudInput } from '../fixtures/cloud.ts';
import { eksInput } from '../fixtures/environment.ts';

/** An option of `cluster.cloud`, with values that say all that its schema knows of it. */
interface Option {
  readonly path: readonly string[];
  readonly values: readonly Json[];
}

const listOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly JsonObject[]) : [];

/** Every value of a choice, both ends of a range, and all of what a list may hold. */
function valuesOf(schema: JsonObject): readonly Json[] {
  const { type, enum: choices, minimum, maximum, items } = schema;
  if (Array.isArray(choices)) return choices;
  if (type === 'boolean') return [true, false];
  if (type === 'integer')
    return [minimum, maximum].filter((limit) => limit !== Number.MAX_SAFE_INTEGER) as readonly Json[];
  const { enum: held } = objectOr(items);
  return Array.isArray(held) ? [held, held.slice(0, 1)] : [];
}

function optionsBelow(schema: JsonObject, path: readonly string[]): readonly Option[] {
  // Of an existing network there is nothing to choose.
  const shape = listOf(schema.oneOf ?? schema.anyOf)[0] ?? schema;
  const values = valuesOf(shape);
  if (values.length > 0) return [{ path, values }];
  return Object.entries(objectOr(shape.properties)).flatMap(([key, child]) =>
    optionsBelow(objectOr(child), [...path, key]),
  );
}

function cloudSchema(): JsonObject {
  const cluster = objectOr(objectOr(environmentJsonSchema().properties).cluster);
  const kinds = listOf(cluster.oneOf ?? cluster.anyOf).map((kind) => objectOr(objectOr(kind.properties).cloud));
  return kinds.find((cloud) => cloud.properties !== undefined) ?? {};
}

function withValue(data: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  return { ...data, [key]: rest.length === 0 ? value : withValue(objectOr(data[key]), rest, value) };
}

/**
 * The small cloud several times, so that every value of every option is in one of them; but for how long logs are kept,
 * which is a list that AWS publishes and need not be tried out.
 */
export function optionVariants(): readonly EnvironmentInput[] {
  const options = optionsBelow(cloudSchema(), []).filter(({ path }) => path.at(-1) !== 'logRetentionDays');
  const count = Math.max(...options.map(({ values }) => values.length));
  const base = { ...cloudInput().cluster } as { readonly cloud: JsonObject };
  return Array.from({ length: count }, (_, index) => {
    const cloud = options.reduce(
      (chosen, { path, values }) => withValue(chosen, path, values[index % values.length] ?? null),
      withValue(base.cloud, ['network', 'kind'], 'new'),
    );
    return cloudInput(cloud as unknown as CloudInput, { name: `variant-${index}` });
  });
}

type PoolInput = EnvironmentInput['nodePools'][number];
type Ec2Input = Extract<PoolInput['capacity'], { kind: 'ec2' }>;

/** Node groups of every family, architecture, purchase option and volume, and those of cluster-autoscaler per zone. */
export function everyNodeGroup(): EnvironmentInput {
  const pool = (name: string, instanceType: string, capacity: Partial<Ec2Input> = {}): PoolInput => ({
    name,
    role: 'dedicated',
    capacity: { kind: 'ec2', instanceTypes: [instanceType], max: 4, ...capacity },
  });
  const bottlerocket = { family: 'bottlerocket', version: 'v1.62.0' } as const;
  return cloudInput(
    {},
    {
      name: 'node-groups',
      autoscaler: { kind: 'cluster-autoscaler' },
      nodePools: [
        ...eksInput().nodePools.filter(({ name }) => name !== 'gpu'),
        pool('gpu', 'g5.xlarge', {
          image: { fastImagePull: true },
          rootVolume: { size: '1Ti', iops: 16_000, throughput: 1000 },
        }),
        pool('arm', 'm7g.xlarge', { capacityTypes: ['spot'], image: { version: 'latest' }, zones: ['eu-central-1a'] }),
        pool('bottlerocket', 'm7i.xlarge', { image: bottlerocket, maxPods: 20 }),
        pool('bottlerocket-spot', 'm7i.xlarge', { image: bottlerocket, rootVolume: { size: '20Gi' } }),
        pool('own-image', 'm7i.xlarge', { image: { amiId: 'ami-0123456789abcdef0' } }),
        pool('own-bottlerocket', 'm7g.xlarge', { image: { ...bottlerocket, amiId: 'ami-0123456789abcdef0' } }),
        pool('snapshot', 'm7i.xlarge', { rootVolume: { size: '40Gi', snapshotId: 'snap-0123456789abcdef0' } }),
      ],
    },
  );
}

/** The small cloud in another partition of AWS, where ARNs begin otherwise. */
export function inPartition(partition: string, region: string): EnvironmentInput {
  const base = cloudInput({ controlPlane: { admins: [`arn:${partition}:iam::111122223333:role/deploy`] } });
  const cluster = { ...base.cluster, region, zones: [`${region}a`, `${region}b`] } as typeof base.cluster;
  const registry = { kind: 'ecr', host: `111122223333.dkr.ecr.${region}.amazonaws.com` } as const;
  return { ...base, name: partition, cluster, registry };
}
