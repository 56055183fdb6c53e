import type { Bundle, BundleObject } from '../../bundle/bundle.ts';
import { inventoryOf } from '../../checks/reading/inventory.ts';
import { count } from '../../core/words.ts';
import { requiredSecrets } from '../../model/required-secrets.ts';
import type { Line, Step } from '../explanation.ts';
import { describeName, isSameObject, nameOf, type ObjectName } from './object-name.ts';
import { referencesOf } from './references.ts';

/** Kinds of names that are no objects of the cluster. */
const NO_OBJECTS: Readonly<Record<string, string>> = {
  User: 'of the directory',
  Group: 'of the directory',
  HelmRelease: 'a release',
  profile: 'a session profile',
};

/** Where something comes from that is no object of the Bundle; `undefined` for what is. */
function outsider(bundle: Bundle, { kind, namespace, name }: ObjectName): string | undefined {
  if (kind in NO_OBJECTS) return NO_OBJECTS[kind];
  if (inventoryOf(bundle).find(kind, namespace, name)) return undefined;
  const byHand = requiredSecrets(bundle.platform.environment).some(
    (secret) => kind === 'Secret' && secret.name === name && secret.namespaces.includes(namespace ?? ''),
  );
  if (byHand) return 'made by hand, see secrets.md';
  const releases = bundle.releases.filter((release) => namespace !== undefined && release.namespace === namespace);
  if (releases.length > 0) return `made by the chart of ${releases.map((release) => release.name).join(' or ')}`;
  return 'of the cluster';
}

/** More references than this are told only to who asks for all of them: a namespace has everything in it. */
const FEW = 12;

interface Neighbour {
  readonly how: string;
  readonly other: ObjectName;
}

function step(id: string, neighbours: readonly Neighbour[], describe: (neighbour: Neighbour) => string): Step {
  const most = neighbours.length > FEW ? `, ${FEW} of them here (--long)` : '';
  return {
    id,
    verdict: 'fine',
    summary: neighbours.length === 0 ? 'nothing' : `${count(neighbours.length, 'thing')}${most}`,
    lines: neighbours.map(
      (each, index): Line => ({ text: describe(each), ...(index < FEW ? {} : { detail: true as const }) }),
    ),
    places: [],
    files: [],
    facts: { references: neighbours.map(({ how, other }) => ({ how, name: describeName(other) })) },
  };
}

/** What the object refers to, and what refers to it. */
export function explainReferences(bundle: Bundle, object: BundleObject): readonly Step[] {
  const own = nameOf(object);
  const all = referencesOf(bundle);
  const told = (other: ObjectName): string => {
    const from = outsider(bundle, other);
    return `${describeName(other)}${from === undefined ? '' : ` (${from})`}`;
  };
  return [
    step(
      'refers-to',
      all.filter(({ from }) => isSameObject(from, own)).map(({ how, to }) => ({ how, other: to })),
      ({ how, other }) => `${how} ${told(other)}`,
    ),
    step(
      'named-by',
      all.filter(({ to }) => isSameObject(to, own)).map(({ how, from }) => ({ how, other: from })),
      ({ how, other }) => `${told(other)} ${how} it`,
    ),
  ];
}
