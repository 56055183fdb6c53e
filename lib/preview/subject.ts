import type { BundleCloudResource, BundleFile, BundleObject, BundleRelease, Manifest } from '../bundle/bundle.ts';

/**
 * What a change is about. Objects are known by API group, not version, so that an object that moves to a newer version
 * stays itself.
 */
export type Subject =
  | {
      readonly type: 'object';
      readonly group: string;
      readonly kind: string;
      readonly namespace?: string;
      readonly name: string;
    }
  | { readonly type: 'release'; readonly namespace: string; readonly name: string }
  | { readonly type: 'cloud'; readonly kind: string; readonly name: string }
  | { readonly type: 'file'; readonly path: string };

/** API group of an object; empty for the core group. */
export function apiGroup(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

export function objectSubject({ apiVersion, kind, metadata }: Manifest): Subject {
  const { name, namespace } = metadata;
  return { type: 'object', group: apiGroup(apiVersion), kind, ...(namespace === undefined ? {} : { namespace }), name };
}

export const subjectOf = {
  object: ({ manifest }: BundleObject): Subject => objectSubject(manifest),
  release: ({ namespace, name }: BundleRelease): Subject => ({ type: 'release', namespace, name }),
  cloud: ({ kind, name }: BundleCloudResource): Subject => ({ type: 'cloud', kind, name }),
  file: ({ path }: BundleFile): Subject => ({ type: 'file', path }),
};

/** One text for each subject, and never one for two. */
export function subjectKey(subject: Subject): string {
  switch (subject.type) {
    case 'object':
      return `object ${subject.group}/${subject.kind} ${subject.namespace ?? ''}/${subject.name}`;
    case 'release':
      return `release ${subject.namespace}/${subject.name}`;
    case 'cloud':
      return `cloud ${subject.kind}/${subject.name}`;
    case 'file':
      return `file ${subject.path}`;
  }
}

/** As people name it: `Deployment hnc-system/hnc-manager`, `NodePool gpu`, `Helm release workbench/workbench`. */
export function describeSubject(subject: Subject): string {
  switch (subject.type) {
    case 'object':
      return `${subject.kind} ${subject.namespace === undefined ? '' : `${subject.namespace}/`}${subject.name}`;
    case 'release':
      return `Helm release ${subject.namespace}/${subject.name}`;
    case 'cloud':
      return `cloud resource ${subject.kind} ${subject.name}`;
    case 'file':
      return `file ${subject.path}`;
  }
}
