import type { JsonObject } from '../core/json.ts';
import { didYouMean } from '../core/suggest.ts';
import { type Audience, knownGroups } from './audience.ts';
import { type Explanation, SUBJECT_KINDS } from './explanation.ts';
import { explainNodePool } from './node-pool/explain-node-pool.ts';
import { explainObject } from './object/explain-object.ts';
import { findObject } from './object/find-object.ts';
import { explainProfile, sessionManifest } from './profile/explain-profile.ts';
import type { Scene } from './scene.ts';
import { explainTenant } from './tenant/explain-tenant.ts';
import { UnknownNameError } from './unknown-name.ts';

/** What somebody asks about. */
export type Subject =
  | { readonly kind: 'profile'; readonly name: string; readonly audience?: Audience }
  | { readonly kind: 'node-pool' | 'tenant'; readonly name: string }
  /** `name`: KIND/NAME or KIND/NAMESPACE/NAME. */
  | { readonly kind: 'object'; readonly name: string };

const KINDS = { profile: 'session profile', 'node-pool': 'node pool', tenant: 'tenant' } as const;
type NamedKind = keyof typeof KINDS;

/**
 * What the words of a command line ask about, or what is wrong with them. One word is a session profile, whatever it is
 * called; two are a kind and a name.
 */
export function parseSubject(words: readonly string[], audience?: Audience): Subject | string {
  const [first = '', second, ...rest] = words;
  if (rest.length > 0) return `"${words.join(' ')}" is too much: one profile, or a kind and a name.`;
  if (second === undefined) return { kind: 'profile', name: first, ...(audience ? { audience } : {}) };
  const kind = SUBJECT_KINDS.find((each) => each === first);
  if (!kind) return `"${first}" is no kind that can be explained. ${didYouMean(first, SUBJECT_KINDS)}`;
  if (kind === 'profile') return { kind, name: second, ...(audience ? { audience } : {}) };
  return audience ? '--user and --group are for session profiles.' : { kind, name: second };
}

/** Whoever writes a kind alone has forgotten the name. */
function forgottenName(name: string): string {
  const kind = SUBJECT_KINDS.find((each) => each === name);
  return kind === undefined ? '' : ` To explain a ${kind}, name it: atelier explain ${kind} <name>.`;
}

function named<T extends { readonly name: string }>(scene: Scene, kind: NamedKind, all: readonly T[], name: string): T {
  const found = all.find((each) => each.name === name);
  if (found) return found;
  const { platform, environment } = scene.bundle;
  const elsewhere: readonly (readonly [NamedKind, readonly { readonly name: string }[]])[] = [
    ['profile', platform.profiles],
    ['node-pool', platform.pools],
    ['tenant', platform.tenants],
  ];
  const other = elsewhere.find(([, list]) => list.some((each) => each.name === name))?.[0];
  const hint = other
    ? `There is a ${KINDS[other]} of that name: atelier explain ${other} ${name}`
    : didYouMean(
        name,
        all.map((each) => each.name),
      );
  const forgotten = kind === 'profile' ? forgottenName(name) : '';
  throw new UnknownNameError(`${environment} has no ${KINDS[kind]} "${name}".${forgotten || ` ${hint}`}`);
}

/** A group that the environment names nowhere can change nothing: whoever asks about one has misspelt it. */
function checkAudience({ bundle }: Scene, { groups }: Audience): void {
  const known = knownGroups(bundle.platform);
  const unknown = groups.find((group) => !known.includes(group));
  if (unknown === undefined) return;
  throw new UnknownNameError(
    `${bundle.environment} names no group "${unknown}", neither under groups nor in a tenant. ${didYouMean(unknown, known)}`,
  );
}

/**
 * Explains one part of an environment.
 *
 * @throws UnknownNameError where the environment has nothing of that name; the message says what was probably meant.
 */
export function explain(scene: Scene, subject: Subject): Explanation {
  const { platform } = scene.bundle;
  switch (subject.kind) {
    case 'profile': {
      const profile = named(scene, 'profile', platform.profiles, subject.name);
      if (subject.audience) checkAudience(scene, subject.audience);
      return explainProfile(scene, profile, subject.audience);
    }
    case 'node-pool':
      return explainNodePool(scene, named(scene, 'node-pool', platform.pools, subject.name));
    case 'tenant':
      return explainTenant(scene, named(scene, 'tenant', platform.tenants, subject.name));
    case 'object':
      return explainObject(scene, findObject(scene.bundle, subject.name));
  }
}

/** The Job of a session of the profile, as the launcher will send it to Kubernetes. */
export function jobOfProfile(scene: Scene, name: string, audience?: Audience): JsonObject {
  return sessionManifest(scene, named(scene, 'profile', scene.bundle.platform.profiles, name), audience);
}
