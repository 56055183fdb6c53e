import { aboutObject } from '../reading/inventory.ts';
import type { Rule } from '../rule.ts';

export const duplicateObject: Rule = {
  id: 'OBJ017',
  title: 'No object is made twice',
  severity: 'error',
  protectsFrom: 'two parts of the platform that overwrite each other at every apply, so that the last one wins',
  because:
    'An object is identified by group, kind, namespace and name. Whoever applies it later replaces what was there, or with server-side apply shares its fields with it.',
  source: 'Kubernetes documentation, "Object Names and IDs"',
  example: {
    of: 'objects',
    breaks: `apiVersion: storage.k8s.io/v1beta1
kind: StorageClass
metadata: { name: gp3 }
provisioner: example.org/other`,
    mended: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: other }
provisioner: example.org/other`,
  },
  check: (bundle) => {
    const seen = new Map<string, string>();
    return bundle.objects.flatMap((object) => {
      const { apiVersion, kind, metadata } = object.manifest;
      const group = apiVersion.includes('/') ? apiVersion.replace(/\/[^/]*$/, '') : '';
      const identity = `${group} ${kind} ${metadata.namespace ?? ''} ${metadata.name}`;
      const first = seen.get(identity);
      seen.set(identity, first ?? object.origin.construct);
      if (first === undefined) return [];
      return [aboutObject(object, `is made by ${first} too.`, 'Make it once, or give one another name.')];
    });
  },
};
