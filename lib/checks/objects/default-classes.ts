import { ANNOTATIONS } from '../../catalog/annotations.ts';
import type { Labels } from '../../core/label-selector.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import type { Rule } from '../rule.ts';

export const defaultClasses: Rule = {
  id: 'OBJ032',
  title: 'At most one priority class and one storage class is the default',
  severity: 'error',
  protectsFrom: 'pods and volumes of a class that nobody chose, and another one after the next change',
  because:
    'Of several default priority classes the one with the smallest value counts, of several default storage classes the one that was made last.',
  source:
    'Kubernetes 1.36, plugin/pkg/admission/priority (getDefaultPriorityClass) and storage/storageclass/setdefault',
  example: {
    of: 'objects',
    breaks: `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: atelier-batch }
globalDefault: true`,
    mended: `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: atelier-batch }
globalDefault: false`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    const defaults = [
      inventory.ofKind('PriorityClass').filter(({ manifest }) => manifest.globalDefault === true),
      inventory.ofKind('StorageClass').filter(({ manifest }) => {
        const annotations = (manifest.metadata.annotations ?? {}) as Labels;
        return annotations[ANNOTATIONS.defaultStorageClass] === 'true';
      }),
    ];
    return defaults.flatMap(([first, ...others]) =>
      others.map((other) =>
        aboutObject(
          other,
          `is the default beside "${first?.manifest.metadata.name}".`,
          'Let one of them be the default.',
        ),
      ),
    );
  },
};
