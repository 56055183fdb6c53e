import { count, list } from '../../core/words.ts';
import type { Pool } from '../../model/pool.ts';
import { type Explanation, type Step, worst } from '../explanation.ts';
import { explainFindings } from '../findings.ts';
import { placeAt, type Scene } from '../scene.ts';
import { explainCost } from './cost.ts';
import { explainIdentity } from './identity.ts';
import { explainInterruption } from './interruption.ts';
import { explainNodes } from './nodes.ts';
import { explainReach } from './reach.ts';
import { explainRendered } from './rendered.ts';
import { explainScaling } from './scaling.ts';

const STEPS = [
  explainRendered,
  explainIdentity,
  explainNodes,
  explainReach,
  explainScaling,
  explainInterruption,
  explainCost,
] as const;

function summarize(pool: Pool, steps: readonly Step[]): string {
  const told = (id: string): string => steps.find((step) => step.id === id)?.summary ?? '';
  const broken = steps.find(({ verdict }) => verdict === 'stop');
  if (broken) return `Something that needs this pool cannot use it: ${broken.summary}.`;
  const nodes = pool.min === pool.max ? count(pool.max, 'node') : `${pool.min} to ${count(pool.max, 'node')}`;
  const types =
    pool.spec.capacity.kind === 'static'
      ? ''
      : ` of ${list(
          pool.nodes.map(({ type }) => type),
          3,
        )}`;
  return `${nodes}${types}, ${told('reach')}; cost ${told('cost')}.`;
}

/** Everything about one node pool: what it becomes, who reaches it, how it grows and shrinks, what it costs. */
export function explainNodePool(scene: Scene, pool: Pool): Explanation {
  const place = placeAt(scene, pool.at);
  const own = STEPS.map((explain) => explain(scene, pool));
  const steps = [...own, explainFindings(scene, place.path)];
  return {
    kind: 'node-pool',
    name: pool.name,
    environment: scene.bundle.environment,
    title: pool.spec.description ?? '',
    place,
    verdict: worst(steps.map(({ verdict }) => verdict)),
    summary: summarize(pool, own),
    steps,
  };
}
