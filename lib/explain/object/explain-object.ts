import type { BundleObject } from '../../bundle/bundle.ts';
import { objectPath } from '../../bundle/layout.ts';
import { PHASES } from '../../bundle/phase.ts';
import { ANNOTATIONS } from '../../catalog/annotations.ts';
import { describeObject } from '../../checks/reading/inventory.ts';
import type { Labels } from '../../core/label-selector.ts';
import { type Explanation, type Step, worst } from '../explanation.ts';
import { explainFindings } from '../findings.ts';
import { originPlace, type Scene } from '../scene.ts';
import { line } from '../words.ts';
import { describeName, nameOf } from './object-name.ts';
import { explainReferences } from './reference-steps.ts';

/** Annotations in which an object says itself what it is for. */
const PURPOSES = [ANNOTATIONS.explanation, ANNOTATIONS.purpose, ANNOTATIONS.title];

function explainOrigin({ phase, manifest, origin }: BundleObject): Step {
  const annotations = (manifest.metadata.annotations ?? {}) as Labels;
  return {
    id: 'origin',
    verdict: 'fine',
    summary: `made by ${origin.construct}, because of ${origin.path}`,
    lines: PURPOSES.flatMap((key) => (annotations[key] === undefined ? [] : [line(annotations[key])])),
    places: [originPlace(origin)],
    files: [],
    facts: { construct: origin.construct, path: origin.path, apiVersion: manifest.apiVersion, phase },
  };
}

function explainDelivery(object: BundleObject): Step {
  const { phase } = object;
  return {
    id: 'delivery',
    verdict: 'fine',
    summary: `applied in phase ${phase}, ${PHASES.indexOf(phase) + 1} of ${PHASES.length}`,
    lines: [],
    places: [],
    files: [objectPath(object)],
    facts: { phase, file: objectPath(object) },
  };
}

/** Where an object comes from, what it refers to, and what refers to it. */
export function explainObject(scene: Scene, object: BundleObject): Explanation {
  const { bundle } = scene;
  const { manifest, origin, phase } = object;
  const steps = [
    explainOrigin(object),
    explainDelivery(object),
    ...explainReferences(bundle, object),
    explainFindings(scene, origin.path, describeObject(manifest)),
  ];
  return {
    kind: 'object',
    name: describeName(nameOf(object)),
    environment: bundle.environment,
    title: manifest.apiVersion,
    place: originPlace(origin),
    verdict: worst(steps.map(({ verdict }) => verdict)),
    summary: `It is there because of ${origin.path}, and applied in phase ${phase}.`,
    steps,
  };
}
