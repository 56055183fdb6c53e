import { sessionsOf } from '../../checks/reading/pool-sessions.ts';
import { asJsonObject } from '../../core/json.ts';
import { list } from '../../core/words.ts';
import type { Pool } from '../../model/pool.ts';
import { disruptionOf } from '../disruption.ts';
import type { Step } from '../explanation.ts';
import { takesSpot } from '../launch.ts';
import { placeAt, type Scene } from '../scene.ts';
import { line } from '../words.ts';

/** What may end running work on nodes of the pool. */
export function explainInterruption(scene: Scene, pool: Pool): Step {
  const { platform } = scene.bundle;
  const sessions = sessionsOf(platform, pool);
  const open = sessions.filter(({ spec }) => !spec.protected).map(({ name }) => name);
  const guarded = open.length < sessions.length || sessions.length === 0;
  const { spot, consolidation, drift, expiry } = disruptionOf(platform, pool, guarded);
  return {
    id: 'disruption',
    verdict: takesSpot(pool) && guarded && sessions.length > 0 ? 'care' : 'fine',
    summary: spot,
    lines: [
      line(consolidation),
      line(`changes: ${drift}`),
      line(expiry),
      ...(open.length > 0 ? [line(`not protected: ${list(open)}`)] : []),
    ],
    places: [placeAt(scene, [...pool.at, 'disruption'])],
    files: [],
    facts: {
      spot: takesSpot(pool),
      unprotected: open,
      disruption: asJsonObject(disruptionOf(platform, pool, guarded)),
    },
  };
}
