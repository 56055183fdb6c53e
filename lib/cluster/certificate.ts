import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import * as der from './der.ts';

/** A certificate with its key, as PEM, and what is needed to sign others with it. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
  readonly commonName: string;
  readonly privateKey: KeyObject;
}

export interface CertificateRequest {
  /** The user, where it identifies a client of Kubernetes. */
  readonly commonName: string;
  /** The group, where it identifies a client of Kubernetes. Default: none. */
  readonly organization?: string;
  /** Names and IPv4 addresses of a server. Default: none. */
  readonly hosts?: readonly string[];
  /** Who vouches for it. Default: itself; it is then an authority. */
  readonly authority?: Certificate;
}

const OID = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;
const YEAR_MS = 365 * 24 * 3600 * 1000;
const VALID_YEARS = 10;
/** A clock that goes back a little does not make the cluster unusable. */
const BACKDATED_MS = 3600 * 1000;

function distinguishedName(commonName: string, organization?: string): Buffer {
  const attribute = (id: string, text: string): Buffer =>
    der.set(der.sequence(der.objectIdentifier(id), der.utf8(text)));
  return der.sequence(
    ...(organization === undefined ? [] : [attribute(OID.organization, organization)]),
    attribute(OID.commonName, commonName),
  );
}

function extension(id: string, content: Buffer, critical = false): Buffer {
  return der.sequence(der.objectIdentifier(id), ...(critical ? [der.boolean(true)] : []), der.octets(content));
}

const publicKeyInfo = (key: KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' });
const keyIdentifier = (key: KeyObject): Buffer => createHash('sha1').update(publicKeyInfo(key)).digest();

function hostName(host: string): Buffer {
  return isIPv4(host) ? der.implicit(7, Buffer.from(host.split('.').map(Number))) : der.implicit(2, Buffer.from(host));
}

function extensions(request: CertificateRequest, key: KeyObject): Buffer {
  const { authority, hosts = [] } = request;
  // Bits of KeyUsage from the left: 0 digitalSignature, 5 keyCertSign, 6 cRLSign.
  const usage = authority === undefined ? der.bits(Buffer.from([0b0000_0110]), 1) : der.bits(Buffer.from([0x80]), 7);
  const purposes = [OID.serverAuth, OID.clientAuth].map(der.objectIdentifier);
  return der.sequence(
    extension(OID.basicConstraints, authority === undefined ? der.sequence(der.boolean(true)) : der.sequence(), true),
    extension(OID.keyUsage, usage, true),
    extension(OID.subjectKeyIdentifier, der.octets(keyIdentifier(key))),
    ...(authority === undefined
      ? []
      : [
          extension(OID.authorityKeyIdentifier, der.sequence(der.implicit(0, keyIdentifier(authority.privateKey)))),
          extension(OID.extendedKeyUsage, der.sequence(...purposes)),
        ]),
    ...(hosts.length > 0 ? [extension(OID.subjectAltName, der.sequence(...hosts.map(hostName)))] : []),
  );
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Makes an X.509 certificate (RFC 5280) on a fresh P-256 key, valid for ten years. */
export function issueCertificate(request: CertificateRequest): Certificate {
  const { commonName, organization, authority } = request;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der.sequence(der.objectIdentifier(OID.ecdsaWithSha256));
  const now = Date.now();
  const serial = randomBytes(16);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  const content = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))),
    der.integer(serial),
    algorithm,
    authority === undefined ? distinguishedName(commonName, organization) : distinguishedName(authority.commonName),
    der.sequence(der.time(new Date(now - BACKDATED_MS)), der.time(new Date(now + VALID_YEARS * YEAR_MS))),
    distinguishedName(commonName, organization),
    publicKeyInfo(privateKey),
    der.explicit(3, extensions(request, privateKey)),
  );
  const signature = sign('sha256', content, authority?.privateKey ?? privateKey);
  return {
    certificate: pem('CERTIFICATE', der.sequence(content, algorithm, der.bits(signature))),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    commonName,
    privateKey,
  };
}
