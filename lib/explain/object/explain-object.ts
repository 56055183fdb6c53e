import type { Bundle, BundleObject } from '../../bundle/bundle.ts';
import { objectPath } from '../../bundle/layout.ts';
import { PHASES } from '../../bundle/phase.ts';
import { ANNOTATIONS } from '../../catalog/annotations.ts';
import { describeObject, inventoryOf } from '../../checks/reading/inventory.ts';
import type { Labels } from '../../core/label-selector.ts';
import { count } from '../../core/words.ts';
import { requiredSecrets } from '../../model/required-secrets.ts';
import { type Explanation, type Line, type Step, worst } from '../explanation.ts';
import { explainFindings } from '../findings.ts';
import type { Scene } from '../scene.ts';
import { line } from '../words.ts';
import { isSameObject, nameOf, type ObjectName, referencesOf } from './references.ts';

const describe = ({ kind, namespace, name }: ObjectName): string =>
  [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');

function originStep({ phase, manifest, origin }: BundleObject): Step {
  const place = { path: origin.path, ...(origin.source ? { source: origin.source } : {}) };
  const annotations = (manifest.metadata.annotations ?? {}) as Labels;
  const words = [
    annotations[ANNOTATIONS.explanation],
    annotations[ANNOTATIONS.purpose],
    annotations[ANNOTATIONS.title],
  ];
  return {
    id: 'origin',
    verdict: 'fine',
    summary: `made by ${origin.construct}, because of ${origin.path}`,
    lines: words.flatMap((text) => (text === undefined ? [] : [line(text)])),
    places: [place],
    files: [],
    facts: { construct: origin.construct, path: origin.path, apiVersion: manifest.apiVersion, phase },
  };
}

function deliveryStep(object: BundleObject): Step {
  const { phase } = object;
  const number = PHASES.indexOf(phase) + 1;
  return {
    id: 'delivery',
    verdict: 'fine',
    summary: `applied in phase ${phase}, ${number} of ${PHASES.length}`,
    lines: [],
    places: [],
    files: [objectPath(object)],
    facts: { phase, file: objectPath(object) },
  };
}

/** Where something comes from that the Bundle does not make; `undefined` for what it makes. */
function outsider(bundle: Bundle, { kind, namespace, name }: ObjectName): string | undefined {
  const inventory = inventoryOf(bundle);
  if (inventory.find(kind, namespace, name)) return undefined;
  if (kind === 'User' || kind === 'Group') return 'of the directory';
  const { environment, namespaces } = bundle.platform;
  const given = requiredSecrets(environment).some(
    (secret) => kind === 'Secret' && secret.name === name && secret.namespaces.includes(namespace ?? ''),
  );
  if (given) return 'made by hand, see secrets.md';
  const installed = bundle.releases.filter((release) => release.namespace === namespace).map((release) => release.name);
  if (installed.length > 0) return `made by the chart of ${installed.join(' or ')}`;
  const brought = kind === 'Namespace' && namespaces.some((each) => each.name === name && !each.made);
  return brought || name.startsWith('system:') || namespace === undefined
    ? 'of the cluster'
    : 'not of this environment';
}

function referenceLines(
  bundle: Bundle,
  pairs: readonly { readonly how: string; readonly other: ObjectName }[],
): readonly Line[] {
  return pairs.map(({ how, other }) => {
    const from = outsider(bundle, other);
    return line(`${how} ${describe(other)}${from === undefined ? '' : ` (${from})`}`);
  });
}

/** More references than this are told only to who asks for all of them: a namespace has everything in it. */
const FEW = 12;

function shortened(lines: readonly Line[]): readonly Line[] {
  return lines.map((each, index): Line => (index < FEW ? each : { ...each, detail: true }));
}

function referenceSteps(bundle: Bundle, object: BundleObject): readonly Step[] {
  const own = nameOf(object);
  const all = referencesOf(bundle);
  const to = all.filter(({ from }) => isSameObject(from, own)).map(({ how, to: other }) => ({ how, other }));
  const from = all
    .filter((each) => isSameObject(each.to, own))
    .map(({ how, from: other }) => ({ how: `${how} it:`, other }));
  const step = (id: string, summary: string, pairs: typeof to): Step => ({
    id,
    verdict: 'fine',
    summary: `${summary}${pairs.length > FEW ? `, of which ${FEW} are named here (--long)` : ''}`,
    lines: shortened(referenceLines(bundle, pairs)),
    places: [],
    files: [],
    facts: { references: pairs.map(({ how, other }) => ({ how, object: describe(other) })) },
  });
  return [
    step('refers to', to.length === 0 ? 'nothing' : count(to.length, 'object'), to),
    step('named by', from.length === 0 ? 'nothing' : count(from.length, 'object'), from),
  ];
}

/** Where an object comes from, what it refers to, and what refers to it. */
export function explainObject(scene: Scene, object: BundleObject): Explanation {
  const { bundle } = scene;
  const { manifest, origin } = object;
  const own = [originStep(object), deliveryStep(object), ...referenceSteps(bundle, object)];
  const steps = [...own, explainFindings(scene, origin.path, describeObject(manifest))];
  const [source] = own;
  return {
    kind: 'object',
    name: describe(nameOf(object)),
    environment: bundle.environment,
    title: manifest.apiVersion,
    place: { path: origin.path, ...(origin.source ? { source: origin.source } : {}) },
    verdict: worst(steps.map(({ verdict }) => verdict)),
    summary: `${describe(nameOf(object))} is ${source?.summary ?? ''}.`,
    steps,
  };
}
