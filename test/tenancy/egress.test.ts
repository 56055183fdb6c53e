import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalCidr, holdsAddress } from '../../lib/core/ipv4.ts';
import { egressBlocks } from '../../lib/model/egress.ts';
import { find, synthesizeTenancy, tenantsInput } from './synthesize-tenancy.ts';

const METADATA = '169.254.169.254';
const bits = (address: string): string =>
  address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
const inside = (cidr: string, address: string): boolean => {
  const [block = '', length = '32'] = cidr.split('/');
  return bits(block).slice(0, Number(length)) === bits(address).slice(0, Number(length));
};
const address = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
const near = fc.oneof(address, fc.constantFrom(METADATA, '169.254.0.1', '169.254.169.255', '0.0.0.0'));
const cidr = fc.tuple(near, fc.integer({ min: 0, max: 32 })).map(([block, length]) => `${block}/${length}`);

describe('TEN-6: where tenants may connect to', () => {
  test('GIVEN any block THEN it is written by its first address and holds the same addresses', () => {
    fc.assert(
      fc.property(cidr, near, (block, other) => {
        const canonical = canonicalCidr(block);
        const [first = '', length = '32'] = canonical.split('/');
        expect(bits(first).slice(Number(length))).toMatch(/^0*$/);
        expect(inside(canonical, other)).toBe(inside(block, other));
        expect(holdsAddress(block, other)).toBe(inside(block, other));
      }),
    );
  });

  test('GIVEN any block THEN the credentials of the node are out of reach', () => {
    fc.assert(
      fc.property(cidr, (block) => {
        const [peer] = egressBlocks({ egress: [{ cidr: block, ports: [] }] });
        const open = peer ? inside(peer.cidr, METADATA) && !peer.except.includes(`${METADATA}/32`) : false;
        expect(open).toBe(false);
        // An exception must lie inside its block and be smaller.
        if (peer && peer.except.length > 0)
          expect(inside(peer.cidr, METADATA) && !peer.cidr.endsWith('/32')).toBe(true);
      }),
    );
  });

  test('GIVEN the address of the credentials alone THEN nothing of it is opened', () => {
    const blocks = (cidr: string) => egressBlocks({ egress: [{ cidr, ports: [] }] });
    expect(blocks(`${METADATA}/32`)).toEqual([]);
    expect(blocks('169.254.169.0/24')[0]?.except).toEqual([`${METADATA}/32`]);
  });

  test('GIVEN blocks with and without ports THEN the policy opens them, DNS and the tree, and nothing else', () => {
    const egress = [{ cidr: '10.1.2.3/8', ports: [443, 5432] }, { cidr: '192.0.2.0/24' }];
    const manifests = synthesizeTenancy(tenantsInput([{ name: 'lab' }], { backend: { kind: 'plain' }, egress }));
    const tree = [{ namespaceSelector: { matchExpressions: [{ key: 'tree.atelier.dev/lab', operator: 'Exists' }] } }];
    expect(find(manifests, 'NetworkPolicy', 'lab-traffic', 'lab').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: tree }],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
            { ipBlock: { cidr: '169.254.20.10/32' } },
          ],
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
        { to: tree },
        {
          to: [{ ipBlock: { cidr: '10.0.0.0/8' } }],
          ports: [
            { protocol: 'TCP', port: 443 },
            { protocol: 'TCP', port: 5432 },
          ],
        },
        { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] },
      ],
    });
    expect(find(manifests, 'NetworkPolicy', 'lab-default-deny', 'lab').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });
});
