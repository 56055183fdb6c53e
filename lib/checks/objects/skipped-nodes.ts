import { aboutRelease, valuesOfChart } from '../reading/release-values.ts';
import type { Rule } from '../rule.ts';

/** Flags that are on unless they are turned off. */
const SKIPPING = ['skip-nodes-with-local-storage', 'skip-nodes-with-system-pods'] as const;

interface AutoscalerValues {
  readonly extraArgs?: Readonly<Record<string, string | boolean>>;
}

export const skippedNodes: Rule = {
  id: 'AUTO011',
  title: 'cluster-autoscaler removes nodes on which pods had a scratch volume or belonged to the system',
  severity: 'error',
  protectsFrom: 'GPU nodes that stay for ever, because an exporter or a session with an emptyDir once ran there',
  because:
    'By default a node is not removed while a pod with local storage, or one of kube-system without a budget, runs on it. Sessions have emptyDirs; those that must stay say so by annotation.',
  source: 'cluster-autoscaler 1.36, FAQ "What types of pods can prevent CA from removing a node?"',
  example: {
    of: { valuesOf: 'cluster-autoscaler' },
    breaks: 'extraArgs: { skip-nodes-with-local-storage: true }',
    mended: 'extraArgs: { skip-nodes-with-local-storage: false }',
  },
  check: (bundle) =>
    valuesOfChart<AutoscalerValues>(bundle, 'cluster-autoscaler').flatMap(({ release, values: { extraArgs = {} } }) =>
      SKIPPING.filter((flag) => String(extraArgs[flag] ?? true) !== 'false').map((flag) =>
        aboutRelease(release, `extraArgs.${flag} is not false.`, 'Set it to false.'),
      ),
    ),
};
