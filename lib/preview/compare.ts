import type { Origin } from '../bundle/bundle.ts';
import type { BundleContents } from '../bundle/contents.ts';
import type { Phase } from '../bundle/phase.ts';
import { asJsonObject, type JsonObject } from '../core/json.ts';
import type { Change, FieldChange, Segment } from './change.ts';
import { type DiffOptions, diffValues } from './diff-values.ts';
import { type Comparable, matchAll } from './match-objects.ts';
import { type Subject, subjectKey, subjectOf } from './subject.ts';

interface Item {
  readonly origin: Origin;
  readonly phase?: Phase;
}

type Section = (contents: BundleContents) => readonly Comparable<Item>[];

/** What is compared of each kind of thing. */
const SECTIONS: readonly Section[] = [
  ({ objects }) => objects.map((item) => ({ subject: subjectOf.object(item), item, content: item.manifest })),
  ({ releases }) =>
    releases.map((item) => ({
      subject: subjectOf.release(item),
      item,
      content: asJsonObject({ chart: item.chart, values: item.values }),
    })),
  ({ cloud }) => cloud.map((item) => ({ subject: subjectOf.cloud(item), item, content: item.spec })),
  ({ files }) => files.map((item) => ({ subject: subjectOf.file(item), item, content: { content: item.content } })),
];

/** Values of a Secret, whatever they are called. */
const isSecretData = (path: readonly Segment[]): boolean => path[0] === 'data' || path[0] === 'stringData';

const isSecretObject = (subject: Subject): boolean =>
  subject.type === 'object' && subject.group === '' && subject.kind === 'Secret';

/** Name and namespace say what an object is, which a rename shows already. */
function withoutIdentity(content: JsonObject): JsonObject {
  const { metadata } = content;
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return content;
  const { name: _, namespace: __, ...rest } = metadata as JsonObject;
  return { ...content, metadata: rest };
}

/** The phase decides when something is applied; it is no field of the object itself. */
function phaseChange(before: Item, after: Item): readonly FieldChange[] {
  if (before.phase === undefined || after.phase === undefined || before.phase === after.phase) return [];
  return [{ path: ['(phase)'], action: 'changed', before: before.phase, after: after.phase }];
}

function compareSection(before: readonly Comparable<Item>[], after: readonly Comparable<Item>[]): readonly Change[] {
  const { pairs, added, removed } = matchAll(before, after);
  const changes: Change[] = [];
  for (const pair of pairs) {
    const phase = phaseChange(pair.before.item, pair.after.item);
    if (pair.before.content === pair.after.content && phase.length === 0) continue;
    const { subject, item } = pair.after;
    const renamed = subjectKey(pair.before.subject) !== subjectKey(subject);
    const options: DiffOptions = isSecretObject(subject) ? { isSecret: isSecretData } : {};
    const diff = renamed
      ? diffValues(withoutIdentity(pair.before.content), withoutIdentity(pair.after.content), options)
      : diffValues(pair.before.content, pair.after.content, options);
    const fields = [...phase, ...diff.fields];
    if (fields.length === 0 && !renamed && diff.sameMeaning === 0) continue;
    changes.push({
      subject,
      action: renamed ? 'renamed' : 'changed',
      ...(renamed ? { from: pair.before.subject } : {}),
      fields,
      sameMeaning: diff.sameMeaning,
      origin: item.origin,
    });
  }
  const whole =
    (action: 'added' | 'removed') =>
    ({ subject, item }: Comparable<Item>): Change => ({
      subject,
      action,
      fields: [],
      sameMeaning: 0,
      origin: item.origin,
    });
  return [...changes, ...added.map(whole('added')), ...removed.map(whole('removed'))];
}

/** Everything that differs between two Bundles, in the order of subjects. Equal Bundles give an empty list. */
export function compareContents(before: BundleContents, after: BundleContents): readonly Change[] {
  return SECTIONS.flatMap((section) =>
    compareSection(section(before), section(after))
      .map((change) => ({ change, key: subjectKey(change.subject) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ change }) => change),
  );
}
