import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueCertificate } from '../../lib/cluster/certificate.ts';
import { objectIdentifier, tagged, time } from '../../lib/cluster/der.ts';
import { ensurePki } from '../../lib/cluster/pki.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-pki-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(join(folder, 'pki', name), 'utf8');
const certificate = (name: string): X509Certificate => new X509Certificate(read(`${name}.crt`));

describe('keys and certificates of a local cluster (PROVE-5)', () => {
  it('GIVEN a cluster WHEN its certificates are read THEN each is vouched for by its authority and fits its key', () => {
    ensurePki(join(folder, 'pki'));
    for (const [name, authority] of [
      ['server', 'ca'],
      ['admin', 'ca'],
      ['kube-controller-manager', 'ca'],
      ['kube-scheduler', 'ca'],
      ['etcd', 'etcd-ca'],
    ] as const) {
      const own = certificate(name);
      const signer = certificate(authority);
      expect(own.checkIssued(signer) && own.verify(signer.publicKey), name).toBe(true);
      expect(own.checkPrivateKey(createPrivateKey(read(`${name}.key`))), name).toBe(true);
      expect(own.ca).toBe(false);
      expect(signer.ca).toBe(true);
      expect(Date.parse(own.validFrom)).toBeLessThan(Date.now());
      expect(Date.parse(own.validTo) - Date.now()).toBeGreaterThan(9 * 365 * 24 * 3600 * 1000);
    }
    expect(certificate('server').checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate('server').checkHost('kubernetes.default.svc')).toBe('kubernetes.default.svc');
    expect(certificate('admin').subject).toBe('O=system:masters\nCN=atelier-admin');
    expect(certificate('admin').verify(certificate('etcd-ca').publicKey)).toBe(false);
    expect(statSync(join(folder, 'pki/admin.key')).mode & 0o077).toBe(0);
  });

  it('GIVEN certificates WHEN the cluster starts again THEN they are kept', () => {
    ensurePki(join(folder, 'pki'));
    const before = read('ca.crt');
    ensurePki(join(folder, 'pki'));
    expect(read('ca.crt')).toBe(before);
  });

  it('GIVEN two certificates WHEN serial numbers are compared THEN they differ', () => {
    const serial = () => new X509Certificate(issueCertificate({ commonName: 'x' }).certificate).serialNumber;
    expect(serial()).not.toBe(serial());
  });
});

describe('DER', () => {
  it('GIVEN lengths, identifiers and dates WHEN they are encoded THEN as X.690 and RFC 5280 say', () => {
    expect(tagged(4, Buffer.alloc(200)).subarray(0, 3).toString('hex')).toBe('0481c8');
    expect(tagged(4, Buffer.alloc(300)).subarray(0, 4).toString('hex')).toBe('0482012c');
    expect(objectIdentifier('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302');
    expect(time(new Date('2049-12-31T23:59:58Z')).toString('latin1')).toBe('\u0017\r491231235958Z');
    expect(time(new Date('2050-01-01T00:00:00Z')).toString('latin1')).toBe('\u0018\u000f20500101000000Z');
  });
});
