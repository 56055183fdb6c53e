import { CHARTS } from '../../catalog/charts.ts';
import { runByKarpenter } from '../../checks/reading/pool-sessions.ts';
import { formatGoDuration } from '../../core/duration.ts';
import { count } from '../../core/words.ts';
import type { Pool } from '../../model/pool.ts';
import { warmCapacities, warmHoursPerWeek, warmNodes } from '../../model/warm-capacity.ts';
import { disruptionOf } from '../disruption.ts';
import type { Line, Step } from '../explanation.ts';
import { launchOf } from '../launch.ts';
import { placeAt, releaseFiles, type Scene } from '../scene.ts';
import { line } from '../words.ts';

function upwards(scene: Scene, pool: Pool): string {
  const { platform } = scene.bundle;
  const { autoscaler } = platform.environment;
  if (!pool.elastic) return `${count(pool.max, 'machine')}, no more: nobody adds nodes`;
  const launch = launchOf(
    platform,
    pool,
    pool.nodes.map(({ type }) => type),
  );
  if (runByKarpenter(platform, pool) && autoscaler.kind === 'karpenter') {
    const wait = `after ${formatGoDuration(autoscaler.batchIdle)} without further pending pods, ${formatGoDuration(autoscaler.batchMax)} at most`;
    return `up: ${wait}, Karpenter launches the cheapest kind on which they fit`;
  }
  if (autoscaler.kind === 'cluster-autoscaler') {
    return `up: within ${formatGoDuration(autoscaler.scanInterval)} cluster-autoscaler grows the group of a zone whose template fits (${launch?.node.type ?? 'no'} first)`;
  }
  return `the node group keeps ${count(pool.min, 'node')}; whoever wants more changes its size`;
}

function holdLines({ bundle: { platform } }: Scene, pool: Pool): readonly Line[] {
  const { reservations } = platform.environment;
  const held = reservations.filter(({ course }) =>
    platform.profiles.some((profile) => profile.name === course && profile.pool === pool.name),
  );
  return [
    ...warmCapacities(platform)
      .filter((warm) => warm.pool === pool)
      .map((warm) => {
        const nodes = warmNodes(warm);
        return line(
          `kept up by warm capacity of ${warm.profile.name}: ${nodes ? `${nodes.count} x ${nodes.type}` : 'nothing fits'}, ${warmHoursPerWeek(warm)} hours a week`,
        );
      }),
    ...held.map(({ name, gpus, days, from, to, timeZone }) =>
      line(`held by reservation ${name}: ${count(gpus, 'GPU')} on ${days.join(' ')} ${from}-${to} ${timeZone}`),
    ),
  ];
}

/** How nodes come and go: who adds them, when they are removed, what keeps them up. */
export function explainScaling(scene: Scene, pool: Pool): Step {
  const { platform } = scene.bundle;
  const { autoscaler } = platform.environment;
  const isOnly = pool.min === pool.max;
  const chart = autoscaler.kind === 'cluster-autoscaler' ? CHARTS.clusterAutoscaler.name : CHARTS.karpenter.name;
  return {
    id: 'scaling',
    verdict: 'fine',
    summary: isOnly
      ? `always ${count(pool.max, 'node')}`
      : `${pool.min} to ${count(pool.max, 'node')}${pool.min === 0 ? ', none when nobody works' : ''}`,
    lines: [
      line(upwards(scene, pool)),
      ...(pool.elastic ? [line(`down: ${disruptionOf(platform, pool, true).idle}`)] : []),
      ...holdLines(scene, pool),
    ],
    places: [placeAt(scene, [...pool.at, 'capacity']), placeAt(scene, ['autoscaler'])],
    files: pool.elastic ? releaseFiles(scene, chart) : [],
    facts: {
      elastic: pool.elastic,
      min: pool.min,
      max: pool.max,
      idleSeconds: pool.spec.disruption.idleAfter,
      by: pool.elastic ? autoscaler.kind : 'nobody',
    },
  };
}
