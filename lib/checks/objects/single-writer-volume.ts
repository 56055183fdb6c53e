import { inventoryOf } from '../reading/inventory.ts';
import { podTemplates } from '../reading/pod-template.ts';
import { aboutRelease, valuesOfChart } from '../reading/release-values.ts';
import type { Rule } from '../rule.ts';

interface ClaimSpec {
  readonly accessModes?: readonly string[];
}

interface WorkbenchValues {
  readonly replicas?: number;
  readonly sharedStorage?: { readonly create?: boolean; readonly accessModes?: readonly string[] };
}

const isShared = (modes: readonly string[]): boolean =>
  modes.includes('ReadWriteMany') || modes.includes('ReadOnlyMany');

export const singleWriterVolume: Rule = {
  id: 'OBJ029',
  title: 'Volumes that several pods mount can be mounted by several nodes',
  severity: 'error',
  protectsFrom: 'replicas that wait in ContainerCreating: "Multi-Attach error for volume"',
  because:
    'A volume with the access mode ReadWriteOnce is attached to one node. Pods on any other node wait until it is detached, which never happens while the first one runs. Workbench servers share their state through one volume.',
  source:
    'Kubernetes documentation, "Persistent Volumes: Access Modes"; Posit Workbench, "Load Balancing: Shared storage"',
  example: {
    of: { valuesOf: 'workbench' },
    breaks: 'replicas: 2\nsharedStorage: { create: true, accessModes: [ReadWriteOnce] }',
    mended: 'replicas: 2\nsharedStorage: { create: true, accessModes: [ReadWriteMany] }',
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    const ofPods = podTemplates(bundle).flatMap(({ subject, origin, namespace, spec, pods = 2 }) =>
      (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) => {
        const name = persistentVolumeClaim?.claimName;
        const claim = name === undefined ? undefined : inventory.find('PersistentVolumeClaim', namespace, name);
        if (!claim || pods < 2) return [];
        if (isShared(((claim.manifest.spec ?? {}) as ClaimSpec).accessModes ?? [])) return [];
        const message = `several pods mount claim "${name}", which one node can have at a time.`;
        return [{ at: origin, subject, message, hint: 'Claim ReadWriteMany, or run one pod.' }];
      }),
    );
    const ofWorkbench = valuesOfChart<WorkbenchValues>(bundle, 'rstudio-workbench').flatMap(({ release, values }) => {
      const { replicas = 1, sharedStorage } = values;
      if (replicas < 2 || !sharedStorage?.create || isShared(sharedStorage.accessModes ?? [])) return [];
      const message = `${replicas} servers share a volume of sharedStorage.accessModes ${(sharedStorage.accessModes ?? []).join(', ')}.`;
      return [aboutRelease(release, message, 'Use ReadWriteMany, and a class that has it.')];
    });
    return [...ofPods, ...ofWorkbench];
  },
};
