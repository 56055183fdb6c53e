import { asJsonObject, type JsonObject } from '../../core/json.ts';
import type { Profile } from '../../model/profile.ts';
import type { Audience } from '../audience.ts';
import { type Explanation, type Step, worst } from '../explanation.ts';
import { explainFindings } from '../findings.ts';
import { placeAt, type Scene } from '../scene.ts';
import { explainChoice } from './choice.ts';
import { explainEnding } from './ending.ts';
import { explainNode } from './node.ts';
import { explainOffer } from './offer.ts';
import { explainPod } from './pod.ts';
import { explainPolicies } from './policies.ts';
import { explainPools } from './pools.ts';
import { explainPriority } from './priority.ts';
import { explainQuota } from './quota.ts';
import { followSession } from './session.ts';
import { explainTemplate } from './template.ts';

/** From the choice in the UI to the end of the node, in the order in which it happens. */
const CHAIN = [
  explainOffer,
  explainChoice,
  explainTemplate,
  explainPod,
  explainPools,
  explainNode,
  explainQuota,
  explainPolicies,
  explainPriority,
  explainEnding,
] as const;

function summarize(steps: readonly Step[]): string {
  const broken = steps.find(({ verdict }) => verdict === 'stop');
  if (broken) return `A session does not start: ${broken.summary}.`;
  const told = (id: string): string => steps.find((step) => step.id === id)?.summary ?? '';
  return `A session starts: ${told('node')}; it ${told('ending')}.`;
}

/** The whole chain of one session profile, for nobody in particular or for an audience. */
export function explainProfile(scene: Scene, profile: Profile, audience?: Audience): Explanation {
  const session = followSession(scene, profile, audience);
  const place = placeAt(scene, profile.at);
  const chain = CHAIN.map((explain) => explain(session));
  const steps = [...chain, explainFindings(scene, place.path)];
  return {
    kind: 'profile',
    name: profile.name,
    environment: scene.bundle.environment,
    title: profile.spec.title,
    place,
    verdict: worst(steps.map(({ verdict }) => verdict)),
    summary: summarize(chain),
    steps,
  };
}

/** The batch/v1 Job that the launcher will make of the profile. */
export function sessionManifest(scene: Scene, profile: Profile, audience?: Audience): JsonObject {
  return asJsonObject(followSession(scene, profile, audience).job);
}
