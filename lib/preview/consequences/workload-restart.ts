import { displayFieldPath, isUnder } from '../change.ts';
import type { ConsequenceRule } from '../consequence.ts';
import { kindKey, manifestOf, textAt } from '../lookup.ts';
import { describeSubject } from '../subject.ts';
import { list } from '../words.ts';

/** How pods of a changed template are replaced. */
const WORKLOADS: Readonly<Record<string, string>> = {
  'apps/Deployment': 'its pods are replaced one after another',
  'apps/StatefulSet': 'its pods are replaced one after another, the last first',
  'apps/DaemonSet': 'its pods are replaced node by node',
};

export const workloadRestart: ConsequenceRule = {
  id: 'workload-restart',
  title: 'Workloads whose pods are replaced, or are more or fewer',
  upstream: 'Kubernetes 1.36 pkg/controller/deployment, statefulset, daemon',
  foresee: ({ after, changes }) =>
    changes.flatMap((change) => {
      const how = WORKLOADS[kindKey(change.subject)];
      if (how === undefined || change.action !== 'changed') return [];
      const about = describeSubject(change.subject);
      const causes = [change.subject];
      const template = change.fields.filter((field) => isUnder(field, 'spec.template'));
      if (template.length > 0) {
        const recreate = textAt(manifestOf(after, change.subject), 'spec.strategy.type') === 'Recreate';
        const fields = list(
          template.map(({ path }) => displayFieldPath(path)),
          3,
        );
        const message = `${recreate ? 'all its pods end before new ones start' : how}, because of ${fields}.`;
        return [{ risk: 'care' as const, about, message, causes }];
      }
      const replicas = change.fields.find((field) => isUnder(field, 'spec.replicas'));
      if (!replicas) return [];
      const message = `runs ${String(replicas.after ?? 1)} instead of ${String(replicas.before ?? 1)} pods.`;
      const fewer = Number(replicas.after ?? 1) < Number(replicas.before ?? 1);
      return [{ risk: fewer ? ('care' as const) : ('safe' as const), about, message, causes }];
    }),
};
