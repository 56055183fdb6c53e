/**
 * Beginnings of the regions of a partition, the second part of every ARN (AWS General Reference, "Amazon Resource Names";
 * partitions.json of botocore 1.44.5). Regions that none of them fits are in `aws`.
 */
const REGION_PREFIXES = {
  'cn-': 'aws-cn',
  'eu-isoe-': 'aws-iso-e',
  'eusc-': 'aws-eusc',
  'us-gov-': 'aws-us-gov',
  'us-iso-': 'aws-iso',
  'us-isob-': 'aws-iso-b',
  'us-isof-': 'aws-iso-f',
} as const;

/** Partition of a region. */
export function awsPartition(region: string): 'aws' | (typeof REGION_PREFIXES)[keyof typeof REGION_PREFIXES] {
  const prefixes = Object.keys(REGION_PREFIXES) as readonly (keyof typeof REGION_PREFIXES)[];
  const prefix = prefixes.find((each) => region.startsWith(each));
  return prefix === undefined ? 'aws' : REGION_PREFIXES[prefix];
}
