import type { Origin } from '../bundle/bundle.ts';
import type { BundleContents } from '../bundle/contents.ts';
import { asJsonObject, type JsonObject } from '../core/json.ts';
import type { LateValueName } from '../core/late-value.ts';
import { displayFieldPath, type FieldChange, type Segment } from '../preview/change.ts';
import { diffValues } from '../preview/diff-values.ts';
import { type Subject, subjectKey, subjectOf } from '../preview/subject.ts';
import { align, type LatePlace } from './align.ts';
import type { Applied } from './applied.ts';
import { type AppliedThing, appliedThing, chartAddress } from './applied-thing.ts';
import { isDroppedDefault } from './dropped-default.ts';
import { isDirective } from './pulumi-directive.ts';

/** One way in which what is applied is not what was reviewed. */
export type Difference =
  | { readonly kind: 'missing'; readonly subject: Subject; readonly origin: Origin }
  | { readonly kind: 'extra'; readonly subject: Subject; readonly urn: string }
  | { readonly kind: 'twice'; readonly subject: Subject; readonly origin: Origin; readonly urns: readonly string[] }
  | {
      readonly kind: 'changed';
      readonly subject: Subject;
      readonly origin: Origin;
      readonly urn: string;
      readonly fields: readonly FieldChange[];
    }
  /** A late value that became one thing here and another there. */
  | { readonly kind: 'late'; readonly name: LateValueName; readonly subjects: readonly Subject[] };

/** What became of a late value. */
export interface LateValue {
  readonly name: LateValueName;
  /** Missing where Pulumi does not know it yet, or it is a secret. */
  readonly value?: string;
  /** `NodePool gpu spec.role`: object or release, and field. */
  readonly places: readonly { readonly subject: Subject; readonly path: string }[];
}

/** Whether what Pulumi applies is what was reviewed. */
export interface Verification {
  readonly environment: string;
  readonly source: Applied['source'];
  readonly differences: readonly Difference[];
  /** How many were compared, on the side of what was reviewed. */
  readonly compared: { readonly objects: number; readonly releases: number };
  readonly late: readonly LateValue[];
  /** Values that are written differently and mean the same. */
  readonly sameMeaning: number;
  /** What a Bundle knows nothing of: how many of each package, and of Pulumi itself. */
  readonly notCompared: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

interface Reviewed {
  readonly subject: Subject;
  readonly origin: Origin;
  readonly content: JsonObject;
}

function reviewedThings({ objects, releases }: BundleContents): readonly Reviewed[] {
  return [
    ...objects.map((object) => ({
      subject: subjectOf.object(object),
      origin: object.origin,
      content: object.manifest,
    })),
    ...releases.map((release) => ({
      subject: subjectOf.release(release),
      origin: release.origin,
      content: asJsonObject({
        chart: chartAddress(release.chart.repository, release.chart.name),
        version: release.chart.version,
        values: release.values,
      }),
    })),
  ];
}

function groupBySubject(things: readonly AppliedThing[]): ReadonlyMap<string, readonly AppliedThing[]> {
  const groups = new Map<string, AppliedThing[]>();
  for (const thing of things) {
    const key = subjectKey(thing.subject);
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}

interface Compared {
  readonly fields: readonly FieldChange[];
  readonly late: readonly LatePlace[];
  readonly sameMeaning: number;
  readonly unseen: number;
}

const isSecretData = (path: readonly Segment[]): boolean => path[0] === 'data' || path[0] === 'stringData';

function compareThing({ subject, content }: Reviewed, applied: AppliedThing): Compared {
  const isSecretObject = subject.type === 'object' && subject.group === '' && subject.kind === 'Secret';
  const aligned = align(content, applied.content, {
    isDirective,
    isDropped: (path, value) => isDroppedDefault(subject, path, value),
    isSecret: (path) => isSecretObject && isSecretData(path),
  });
  const secrets = new Set(aligned.secrets.map((path) => displayFieldPath(path)));
  const isSecret = (path: readonly Segment[]): boolean =>
    (isSecretObject && isSecretData(path)) ||
    (secrets.size > 0 && path.some((_, index) => secrets.has(displayFieldPath(path.slice(0, index + 1)))));
  const { fields, sameMeaning } = diffValues(content, aligned.value, { isSecret });
  const { late, dropped, unseen } = aligned;
  return { fields, late, sameMeaning: sameMeaning + dropped, unseen };
}

interface PlacedLate extends LatePlace {
  readonly subject: Subject;
}

function gatherLate(places: readonly PlacedLate[]): {
  readonly late: readonly LateValue[];
  readonly differences: readonly Difference[];
} {
  const names = [...new Set(places.map(({ name }) => name))].sort();
  const late: LateValue[] = [];
  const differences: Difference[] = [];
  for (const name of names) {
    const here = places.filter((place) => place.name === name);
    const values = new Set(here.flatMap(({ value }) => value ?? []));
    if (values.size > 1) differences.push({ kind: 'late', name, subjects: here.map(({ subject }) => subject) });
    const [value] = values;
    const secret = here.some((place) => place.secret);
    late.push({
      name,
      ...(value === undefined || secret || values.size > 1 ? {} : { value }),
      places: here.map(({ subject, path }) => ({ subject, path: displayFieldPath(path) })),
    });
  }
  return { late, differences };
}

/** What of Pulumi itself and of other packages there is, by name. */
function countNotCompared({ resources }: Applied): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const resource of resources) {
    if (appliedThing(resource)) continue;
    const [packageName = '', module = ''] = resource.type.split(':');
    const name =
      resource.type === 'pulumi:pulumi:Stack'
        ? 'stack'
        : packageName === 'pulumi' && module === 'providers'
          ? 'providers'
          : resource.custom
            ? packageName
            : 'components';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Holds what Pulumi would apply, or has, against what was reviewed: all Kubernetes objects and Helm releases. */
export function verify(reviewed: BundleContents, applied: Applied): Verification {
  const things = groupBySubject(applied.resources.flatMap((resource) => appliedThing(resource) ?? []));
  const known = new Set<string>();
  const differences: Difference[] = [];
  const places: PlacedLate[] = [];
  let sameMeaning = 0;
  let unseen = 0;
  for (const each of reviewedThings(reviewed)) {
    const { subject, origin } = each;
    const key = subjectKey(subject);
    known.add(key);
    const [thing, ...others] = things.get(key) ?? [];
    if (!thing) {
      differences.push({ kind: 'missing', subject, origin });
      continue;
    }
    if (others.length > 0) {
      differences.push({
        kind: 'twice',
        subject,
        origin,
        urns: [thing, ...others].map(({ resource }) => resource.urn),
      });
    }
    const compared = compareThing(each, thing);
    sameMeaning += compared.sameMeaning;
    unseen += compared.unseen;
    places.push(...compared.late.map((place) => ({ ...place, subject })));
    if (compared.fields.length > 0) {
      differences.push({ kind: 'changed', subject, origin, urn: thing.resource.urn, fields: compared.fields });
    }
  }
  for (const [key, group] of things) {
    if (known.has(key)) continue;
    for (const { subject, resource } of group) differences.push({ kind: 'extra', subject, urn: resource.urn });
  }
  const { late, differences: conflicts } = gatherLate(places);
  return {
    environment: reviewed.environment,
    source: applied.source,
    differences: [...differences, ...conflicts],
    compared: { objects: reviewed.objects.length, releases: reviewed.releases.length },
    late,
    sameMeaning,
    notCompared: countNotCompared(applied),
    notes: [
      ...applied.notes,
      ...(unseen > 0 ? [`${unseen} values of Secrets are encrypted and were not compared ("--show-secrets").`] : []),
    ],
  };
}
