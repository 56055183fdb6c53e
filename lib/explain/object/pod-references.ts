import type { Bundle } from '../../bundle/bundle.ts';
import { CHARTS } from '../../catalog/charts.ts';
import { configurationReferences } from '../../checks/reading/configuration-reference.ts';
import { type PodTemplate, podTemplates } from '../../checks/reading/pod-template.ts';
import { valuesOfChart } from '../../checks/reading/release-values.ts';
import { distinct } from '../../core/words.ts';
import { nameOf, type ObjectName, type Reference, type Target, target } from './object-name.ts';

function ofTemplate(template: PodTemplate): readonly Target[] {
  const { namespace, spec } = template;
  return [
    ...target('ServiceAccount', spec.serviceAccountName, 'runs as', namespace),
    ...configurationReferences(template).flatMap(({ kind, name }) => target(kind, name, 'reads', namespace)),
    ...(spec.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) =>
      target('PersistentVolumeClaim', claim?.claimName, 'mounts', namespace),
    ),
    ...target('PriorityClass', spec.priorityClassName, 'ranks by'),
    ...target('RuntimeClass', spec.runtimeClassName, 'runs under'),
  ];
}

/** The workload; for pods that a release makes, the release. */
function makerOf({ releases }: Bundle, { object, origin }: PodTemplate): ObjectName | undefined {
  if (object) return nameOf(object);
  const release = releases.find((each) => each.origin === origin);
  return release && { kind: 'HelmRelease', namespace: release.namespace, name: release.name };
}

/** What pods of the Bundle's workloads, and sessions, need beside themselves. */
export function podReferences(bundle: Bundle): readonly Reference[] {
  return podTemplates(bundle).flatMap((template) => {
    const from = makerOf(bundle, template);
    return from ? ofTemplate(template).map((found): Reference => ({ from, ...found })) : [];
  });
}

/** What sessions of every profile need: the class, and where Karpenter launches them the pool. */
export function profileReferences({ platform }: Bundle): readonly Reference[] {
  return platform.profiles.flatMap(({ name, priorityClass, pool }) => {
    const from = { kind: 'profile', name };
    return [...target('PriorityClass', priorityClass, 'ranks by'), ...target('NodePool', pool, 'runs on')].map(
      (found): Reference => ({ from, ...found }),
    );
  });
}

interface HomeValues {
  readonly homeStorage?: { readonly mount?: boolean; readonly name?: string };
  readonly launcher?: { readonly namespace?: string };
}

/** The home directories that Workbench mounts into its servers and, in their namespace, into sessions. */
export function homeReferences(bundle: Bundle): readonly Reference[] {
  return valuesOfChart<HomeValues>(bundle, CHARTS.rstudioWorkbench.name).flatMap(({ release, values }) => {
    const { name, namespace } = release;
    const from = { kind: 'HelmRelease', namespace, name };
    const claim = values.homeStorage?.mount ? values.homeStorage.name : undefined;
    return distinct([namespace, values.launcher?.namespace ?? namespace])
      .flatMap((each) => target('PersistentVolumeClaim', claim, 'mounts', each))
      .map((found): Reference => ({ from, ...found }));
  });
}

/** Workloads whose pods are meant, as targets. */
export function workloadTargets(pods: readonly PodTemplate[], how: string): readonly Target[] {
  return pods.flatMap(({ object }) => (object ? [{ to: nameOf(object), how }] : []));
}
