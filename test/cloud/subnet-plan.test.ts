import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { subnetPlan } from '../../lib/cloud/subnet-plan.ts';
import { overlaps, prefixLength } from '../../lib/core/ipv4.ts';

const ZONES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => `eu-central-1${letter}`);
const plan = (cidr: string, zones: readonly string[]) =>
  subnetPlan({ cluster: 'test', cidr, zones, privateTags: { 'karpenter.sh/discovery': 'test' } });

const network = fc
  .tuple(fc.integer({ min: 16, max: 20 }), fc.nat(255))
  .map(([bits, second]) => `10.${second}.0.0/${bits}`);

describe('subnets of a VPC (CLOUD-1)', () => {
  test('GIVEN any VPC and zones WHEN cut THEN subnets lie in it, apart from each other, two per zone', () => {
    fc.assert(
      fc.property(network, fc.integer({ min: 2, max: 7 }), (cidr, count) => {
        const zones = ZONES.slice(0, count);
        const subnets = plan(cidr, zones);
        expect(subnets.filter((each) => !each.public).map(({ zone }) => zone)).toEqual(zones);
        expect(subnets.filter((each) => each.public).map(({ zone }) => zone)).toEqual(zones);
        for (const [index, subnet] of subnets.entries()) {
          expect(overlaps(subnet.cidr, cidr)).toBe(true);
          // EC2 takes /16 to /28.
          expect(prefixLength(subnet.cidr)).toBeLessThanOrEqual(28);
          for (const other of subnets.slice(index + 1)) expect(overlaps(subnet.cidr, other.cidr)).toBe(false);
        }
      }),
    );
  });

  test('GIVEN two zones WHEN a third is added THEN no subnet that exists moves', () => {
    const place = (zones: readonly string[]) =>
      Object.fromEntries(plan('10.0.0.0/16', zones).map(({ name, cidr }) => [name, cidr]));
    expect(place(ZONES.slice(0, 3))).toMatchObject(place(ZONES.slice(0, 2)));
  });

  test('GIVEN a /16 WHEN cut for three zones THEN pods have a quarter per zone', () => {
    expect(plan('10.0.0.0/16', ZONES.slice(0, 3)).map(({ name, cidr }) => `${name} ${cidr}`)).toEqual([
      'private-eu-central-1a 10.0.0.0/18',
      'private-eu-central-1b 10.0.64.0/18',
      'private-eu-central-1c 10.0.128.0/18',
      'public-eu-central-1a 10.0.192.0/20',
      'public-eu-central-1b 10.0.208.0/20',
      'public-eu-central-1c 10.0.224.0/20',
    ]);
  });

  test('WHEN cut THEN load balancers and Karpenter find their subnets by tags', () => {
    const [inside] = plan('10.0.0.0/16', ZONES.slice(0, 2));
    expect(inside?.tags).toEqual({
      Name: 'test-private-eu-central-1a',
      'kubernetes.io/role/internal-elb': '1',
      'karpenter.sh/discovery': 'test',
    });
    const outside = plan('10.0.0.0/16', ZONES.slice(0, 2)).find((each) => each.public);
    expect(outside?.tags).toEqual({ Name: 'test-public-eu-central-1a', 'kubernetes.io/role/elb': '1' });
  });
});
