import type { BundleObject } from '../../bundle/bundle.ts';
import { CLOUD_PLAN } from '../../bundle/layout.ts';
import { list } from '../../core/words.ts';
import type { Pool } from '../../model/pool.ts';
import type { Step } from '../explanation.ts';
import { filesOf, placeAt, type Scene } from '../scene.ts';
import { line } from '../words.ts';

/** Objects that stand for the pool itself: those whose origin is the pool. */
export function objectsOfPool(scene: Scene, pool: Pool): readonly BundleObject[] {
  const { path } = placeAt(scene, pool.at);
  return scene.bundle.objects.filter(({ origin }) => origin.path === path);
}

/** What the pool becomes: Karpenter's objects, node groups, files for machines. */
export function explainRendered(scene: Scene, pool: Pool): Step {
  const place = placeAt(scene, pool.at);
  const { bundle } = scene;
  const objects = objectsOfPool(scene, pool);
  const cloud = bundle.cloud.filter(({ origin }) => origin.path === place.path);
  const files = bundle.files.filter(({ origin }) => origin.path === place.path).map(({ path }) => path);
  const objectNames = objects.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`);
  const cloudNames = cloud.map(({ kind, name }) => `${kind} ${name}`);
  const names = [...objectNames, ...cloudNames];
  return {
    id: 'rendered',
    verdict: 'fine',
    summary: `becomes ${list([...names, ...files], 8)}`,
    lines: pool.spec.description === undefined ? [] : [line(pool.spec.description)],
    places: [place],
    files: [...filesOf(objects), ...(cloud.length > 0 ? [CLOUD_PLAN] : []), ...files],
    facts: { objects: objectNames, cloud: cloudNames, files },
  };
}
