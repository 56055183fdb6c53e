import { createHash } from 'node:crypto';

/** Longest label value, and longest name of what becomes a DNS label (Kubernetes: RFC 1123 label). */
export const MAX_LABEL_LENGTH = 63;

/** RFC 1123 label, as Kubernetes demands of namespaces and we of every name an environment gives. */
export const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Why `name` is no DNS label, or `undefined` where it is one. */
export function dnsLabelProblem(name: string): string | undefined {
  if (name.length > MAX_LABEL_LENGTH) return `has ${name.length} characters; at most ${MAX_LABEL_LENGTH} fit a name`;
  if (!DNS_LABEL.test(name)) {
    return 'is no DNS label: lower-case letters, digits and "-", beginning and ending with a letter or digit';
  }
  return undefined;
}

/** What `name` could be instead: lower case, with `-` for everything else, cut to length. */
export function toDnsLabel(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LABEL_LENGTH)
    .replace(/^-+|-+$/g, '');
}

/** The name, or where it is too long its beginning and eight hexadecimal digits that stand for the rest. */
export function fitName(name: string, length = MAX_LABEL_LENGTH): string {
  if (name.length <= length) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, length - 9).replace(/[^A-Za-z0-9]+$/, '')}-${digest}`;
}
