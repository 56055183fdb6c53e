import type { BundleObject } from '../../bundle/bundle.ts';

/** What an object is known by; also users, groups and session profiles, which refer to objects or are referred to. */
export interface ObjectName {
  readonly kind: string;
  /** Left out for what is cluster-scoped. */
  readonly namespace?: string;
  readonly name: string;
}

/** That one object needs, selects or names another one. */
export interface Reference {
  readonly from: ObjectName;
  readonly to: ObjectName;
  /** A verb between both: `uses`, `selects`, `runs as`. */
  readonly how: string;
}

/** A reference whose beginning is known from where it was found. */
export type Target = Omit<Reference, 'from'>;

export function nameOf({ manifest: { kind, metadata } }: BundleObject): ObjectName {
  const { name, namespace } = metadata;
  return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

export function isSameObject(a: ObjectName, b: ObjectName): boolean {
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}

/** `Service/hnc-system/webhook`, as the command line takes it. */
export function describeName({ kind, namespace, name }: ObjectName): string {
  return [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
}

/** A target in a namespace, or cluster-scoped without one; none without a name. */
export function target(kind: string, name: string | undefined, how: string, namespace?: string): readonly Target[] {
  if (name === undefined || name === '') return [];
  return [{ to: { kind, name, ...(namespace === undefined ? {} : { namespace }) }, how }];
}
