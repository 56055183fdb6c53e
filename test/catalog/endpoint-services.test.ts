import { expect, test } from 'vitest';
import { endpointServiceName } from '../../lib/catalog/endpoint-services.ts';

test.each([
  ['eu-central-1', 'ecr.api', 'com.amazonaws.eu-central-1.ecr.api'],
  ['us-gov-west-1', 'sts', 'com.amazonaws.us-gov-west-1.sts'],
  ['cn-north-1', 'ecr.api', 'cn.com.amazonaws.cn-north-1.ecr.api'],
  ['cn-north-1', 's3', 'com.amazonaws.cn-north-1.s3'],
  ['cn-northwest-1', 'logs', 'com.amazonaws.cn-northwest-1.logs'],
])(
  'CLOUD-1: GIVEN the region %s WHEN %s is reached inside the VPC THEN its endpoint is %s',
  (region, service, name) => {
    expect(endpointServiceName(region, service)).toBe(name);
  },
);
