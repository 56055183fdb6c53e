import { didYouMean } from '../../core/suggest.ts';
import { inventoryOf } from '../reading/inventory.ts';
import { podTemplates } from '../reading/pod-template.ts';
import { aboutRelease, valuesOfChart } from '../reading/release-values.ts';
import type { Finding, Rule } from '../rule.ts';

interface WorkbenchValues {
  readonly homeStorage?: { readonly create?: boolean; readonly mount?: boolean; readonly name?: string };
  readonly launcher?: { readonly namespace?: string };
}

export const missingClaim: Rule = {
  id: 'OBJ006',
  title: 'PersistentVolumeClaims that pods mount are made by the platform',
  severity: 'error',
  protectsFrom: 'pods that stay Pending for ever: "persistentvolumeclaim not found"',
  because:
    'The scheduler does not place a pod whose claim does not exist. Home directories are mounted by the servers and by every session, so that both namespaces need the claim.',
  source:
    'Kubernetes 1.36, pkg/scheduler/framework/plugins/volumebinding; chart rstudio-workbench 0.22.0, values homeStorage',
  example: {
    of: { valuesOf: 'workbench' },
    breaks: 'homeStorage: { create: false, mount: true, name: workbench-home }',
    mended: 'homeStorage: { create: false, mount: true, name: workbench-homes }',
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    const claims = (namespace: string): readonly string[] =>
      inventory
        .ofKind('PersistentVolumeClaim')
        .filter(({ manifest }) => manifest.metadata.namespace === namespace)
        .map(({ manifest }) => manifest.metadata.name);
    const ofPods = podTemplates(bundle).flatMap(({ subject, origin, namespace, spec }): readonly Finding[] =>
      (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) => {
        const name = persistentVolumeClaim?.claimName;
        const known = claims(namespace);
        if (name === undefined || known.includes(name) || inventory.hasRelease(namespace)) return [];
        const message = `mounts claim "${name}", and nothing makes it in namespace "${namespace}".`;
        return [{ at: origin, subject, message, hint: didYouMean(name, known) }];
      }),
    );
    const ofHomes = valuesOfChart<WorkbenchValues>(bundle, 'rstudio-workbench').flatMap(({ release, values }) => {
      const { create, mount, name } = values.homeStorage ?? {};
      if (create || !mount || name === undefined) return [];
      const namespaces = [...new Set([release.namespace, values.launcher?.namespace ?? release.namespace])];
      return namespaces.flatMap((namespace) => {
        if (claims(namespace).includes(name)) return [];
        const message = `homeStorage.name "${name}" is no claim of namespace "${namespace}".`;
        return [aboutRelease(release, message, didYouMean(name, claims(namespace)))];
      });
    });
    return [...ofPods, ...ofHomes];
  },
};
