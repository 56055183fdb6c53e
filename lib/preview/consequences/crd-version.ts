import type { Json } from '../../core/json.ts';
import { isUnder } from '../change.ts';
import type { Consequence, ConsequenceRule } from '../consequence.ts';
import { changesOf, KINDS, listAt, manifestOf, textAt, valueAt } from '../lookup.ts';
import { describeSubject } from '../subject.ts';
import { list } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

const served = (versions: readonly Json[]): readonly string[] =>
  versions.filter((version) => valueAt(version, 'served') === true).map((version) => textAt(version, 'name'));
const stored = (versions: readonly Json[]): string =>
  textAt(
    versions.find((version) => valueAt(version, 'storage') === true),
    'name',
  );

export const crdVersion: ConsequenceRule = {
  id: 'crd-version',
  title: 'Custom resources: definitions and versions that go, and fields that change',
  upstream: 'Kubernetes 1.36 apiextensions-apiserver pkg/apis/apiextensions/validation, status.storedVersions',
  foresee: ({ before, after, changes }) =>
    changesOf(changes, KINDS.customResourceDefinition).flatMap((change): readonly Foreseen[] => {
      const about = describeSubject(change.subject);
      const causes = [change.subject];
      if (change.action === 'removed') {
        const message = 'is gone. Where it is deleted, every object of its kind is deleted with it, in all namespaces.';
        return [{ risk: 'dangerous', about, message, causes }];
      }
      if (change.action !== 'changed') return [];
      const [old, now] = [before, after].map((side) => listAt(manifestOf(side, change.subject), 'spec.versions'));
      const lost = served(old ?? []).filter((version) => !served(now ?? []).includes(version));
      const found: Foreseen[] = [];
      if (lost.length > 0) {
        const message = `${list(lost)} is no longer served: requests for it fail, and the server refuses to drop a version in which objects are stored.`;
        found.push({ risk: 'dangerous', about, message, causes });
      }
      if (stored(old ?? []) !== stored(now ?? [])) {
        const message = `objects are stored as ${stored(now ?? [])} instead of ${stored(old ?? [])}; those that exist change when they are next written.`;
        found.push({ risk: 'care', about, message, causes });
      }
      if (found.length === 0 && change.fields.some((field) => isUnder(field, 'spec.versions'))) {
        const message =
          'allows other fields or values than before: objects that no longer fit are refused when they are next written.';
        found.push({ risk: 'care', about, message, causes });
      }
      return found;
    }),
};
