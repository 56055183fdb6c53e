import { didYouMean } from '../../core/suggest.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { type ClassReference, knownClasses, missingClasses } from '../reading/missing-class.ts';
import type { Rule } from '../rule.ts';

interface ClaimSpec {
  readonly storageClassName?: string;
}

const STORAGE: ClassReference = {
  kind: 'StorageClass',
  keys: ['storageClassName', 'storageClass'],
  given: (bundle) => bundle.platform.environment.storage.classes.map(({ name }) => name),
};

export const missingStorageClass: Rule = {
  id: 'OBJ008',
  title: 'Every storage class that is asked for exists',
  severity: 'error',
  protectsFrom: 'claims that stay Pending, and with them databases, metrics and servers',
  because:
    'A claim of a class that does not exist is accepted and waits for somebody to make the class. A class that the cluster has is declared under `storage.classes` with kind existing.',
  source: 'Kubernetes documentation, "Persistent Volumes: Class"',
  example: {
    of: { valuesOf: 'workbench' },
    breaks: 'sharedStorage: { storageClassName: efs-sc }',
    mended: 'sharedStorage: { storageClassName: efs }',
  },
  check: (bundle) => {
    const known = knownClasses(bundle, STORAGE);
    const ofClaims = inventoryOf(bundle)
      .ofKind('PersistentVolumeClaim')
      .flatMap((claim) => {
        const { storageClassName = '' } = (claim.manifest.spec ?? {}) as ClaimSpec;
        // The empty name stands for volumes that somebody made by hand.
        if (storageClassName === '' || known.includes(storageClassName)) return [];
        const message = `names StorageClass "${storageClassName}", which nobody makes.`;
        return [aboutObject(claim, message, didYouMean(storageClassName, known))];
      });
    return [...ofClaims, ...missingClasses(bundle, STORAGE)];
  },
};
