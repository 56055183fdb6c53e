import { BETA_TOPOLOGY_LABELS, LABELS } from '../catalog/labels.ts';
import { type Labels, labelValue } from '../core/label-selector.ts';
import { type Filter, SKIP, unresolvable } from './filter.ts';
import type { PersistentVolume } from './volume.ts';
import { podClaims } from './volume-claims.ts';

/** Labels by which volumes say their zone, each with its name of today. */
const TOPOLOGY_LABELS: readonly (readonly [string, string])[] = [
  [BETA_TOPOLOGY_LABELS.zone, LABELS.zone],
  [BETA_TOPOLOGY_LABELS.region, LABELS.region],
  [LABELS.zone, LABELS.zone],
  [LABELS.region, LABELS.region],
];

interface VolumePlace {
  readonly key: string;
  readonly currentKey: string;
  readonly values: readonly string[];
}

/** A label may name several zones, `a__b`; one with an empty part says nothing (k8s.io/cloud-provider LabelZonesToSet). */
function placesOf({ metadata: { labels = {} } }: PersistentVolume): readonly VolumePlace[] {
  return TOPOLOGY_LABELS.flatMap(([key, currentKey]) => {
    const value = labelValue(labels, key);
    if (value === undefined) return [];
    const values = value.split('__').map((zone) => zone.trim());
    return values.includes('') ? [] : [{ key, currentKey, values }];
  });
}

const saysWhere = (labels: Labels): boolean => TOPOLOGY_LABELS.some(([key]) => labelValue(labels, key) !== undefined);

const OTHER_ZONE = unresolvable({ code: 'volume-zone' });

/** Volumes whose labels say a zone or region are used there only (VolumeZone). */
export const volumeZone: Filter = (pod, snapshot) => {
  const places: VolumePlace[] = [];
  for (const { claim } of podClaims(pod, snapshot)) {
    if (!claim?.spec.volumeName) continue;
    const volume = snapshot.volumes.get(claim.spec.volumeName);
    if (!volume) return { kind: 'refused', reason: { code: 'volume-not-found', volume: claim.spec.volumeName } };
    places.push(...placesOf(volume));
  }
  if (places.length === 0) return SKIP;
  return {
    kind: 'check',
    check: ({ labels }) => {
      if (!saysWhere(labels)) return undefined;
      const reached = places.every(({ key, currentKey, values }) =>
        values.includes(labelValue(labels, key) ?? labelValue(labels, currentKey) ?? ''),
      );
      return reached ? undefined : OTHER_ZONE;
    },
  };
};
