import type { BundleRelease } from '../../bundle/bundle.ts';
import type { BundleContents } from '../../bundle/contents.ts';
import { isUnder } from '../change.ts';
import type { Consequence, ConsequenceRule } from '../consequence.ts';
import { describeSubject, type Subject } from '../subject.ts';
import { count } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

function releaseOf({ releases }: BundleContents, subject: Subject): BundleRelease | undefined {
  if (subject.type !== 'release') return undefined;
  return releases.find(({ name, namespace }) => name === subject.name && namespace === subject.namespace);
}

const major = (version: string): string => version.replace(/^v/, '').split('.')[0] ?? '';

function chartChange(before: string, after: string): { readonly risk: Foreseen['risk']; readonly note: string } {
  return major(before) === major(after)
    ? { risk: 'care', note: '' }
    : {
        risk: 'disruptive',
        note: ' A major version: read its upgrade notes first; Helm never upgrades CRDs of a chart.',
      };
}

export const helmRelease: ConsequenceRule = {
  id: 'helm-release',
  title: 'Helm releases that are installed, upgraded, changed or uninstalled',
  upstream: 'Helm 3 pkg/action; crds/ of a chart are installed once and never upgraded',
  foresee: ({ before, after, changes }) =>
    changes.flatMap((change): readonly Foreseen[] => {
      const { subject, action } = change;
      if (subject.type !== 'release') return [];
      const about = describeSubject(subject);
      const causes = [subject];
      const found = (risk: Foreseen['risk'], message: string): Foreseen => ({ risk, about, message, causes });
      if (action === 'added') return [found('care', 'is new and is installed; its workloads take room on the nodes.')];
      if (action === 'removed') {
        return [
          found('disruptive', 'is gone: uninstalling it ends its workloads. Helm leaves CRDs and claims behind.'),
        ];
      }
      if (action === 'renamed') {
        return [
          found(
            'disruptive',
            `was ${describeSubject(change.from ?? subject)}: the old one is uninstalled, the new one installed.`,
          ),
        ];
      }
      const [old, now] = [releaseOf(before, subject), releaseOf(after, subject)];
      if (!old || !now) return [];
      const upgrade = change.fields.some((field) => isUnder(field, 'chart'));
      const values = change.fields.filter((field) => isUnder(field, 'values')).length;
      if (upgrade) {
        const { risk, note } = chartChange(old.chart.version, now.chart.version);
        const message = `is upgraded from ${old.chart.name} ${old.chart.version} to ${now.chart.name} ${now.chart.version}; what the chart renders is not compared here.${note}`;
        return [found(risk, message)];
      }
      if (values === 0) return [];
      const message = `is upgraded with ${count(values, 'changed value')}; pods of the chart that read them restart.`;
      return [found('care', message)];
    }),
};
