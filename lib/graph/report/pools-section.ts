import type { Bundle } from '../../bundle/bundle.ts';
import { objectPath } from '../../bundle/layout.ts';
import { runByKarpenter } from '../../checks/reading/pool-sessions.ts';
import { formatGoDuration } from '../../core/duration.ts';
import { describeBytes, formatMillicpu } from '../../core/quantity.ts';
import { list } from '../../core/words.ts';
import type { Platform } from '../../model/platform.ts';
import type { Pool } from '../../model/pool.ts';
import { formatTaint } from '../../model/taint.ts';
import { type Content, element, type Markup } from '../drawing/xml.ts';
import { describeDevices, describeGpu, describePrice, describeSize, isSpot } from '../views/describe.ts';
import { mark, named } from './mark.ts';
import { fileAddress, type ReportPlaces } from './subject.ts';
import { breakable, type Column, lines, table } from './table.ts';

function kinds(platform: Platform, pool: Pool): Content {
  const { autoscaler } = platform.environment;
  // Karpenter runs on the nodes of system pools and leaves them alone.
  const goes = autoscaler.kind === 'karpenter' ? runByKarpenter(platform, pool) : pool.elastic;
  return lines([
    describeSize(pool),
    pool.spec.role,
    ...(pool.gpuModel === undefined ? [] : [mark('gpu', describeGpu(pool))]),
    ...(isSpot(pool) ? [mark('warm', 'spot')] : []),
    ...(goes ? [`empty nodes go after ${formatGoDuration(pool.spec.disruption.idleAfter)}`] : []),
  ]);
}

function nodes(pool: Pool): Content {
  if (pool.spec.capacity.kind === 'static')
    return lines([list(pool.spec.capacity.nodes, 8), ...pool.nodes.map(describeDevices)]);
  return lines(
    pool.nodes.map((node) =>
      [node.type, describePrice(node.usdPerHour), describeDevices(node)].filter(Boolean).join(', '),
    ),
  );
}

/** What they take of every node. */
function daemons({ overhead }: Pool): Content {
  const amounts = `${formatMillicpu(overhead.millicpu)} CPU, ${describeBytes(overhead.memoryBytes)}`;
  return named(amounts, list(overhead.daemons, 5));
}

/** Files of synth that a pool asked for. */
function filesOf({ objects }: Bundle, pool: Pool, places: ReportPlaces): Content {
  const at = `nodePools.${pool.name}`;
  const own = objects.filter(({ origin }) => origin.path === at || origin.path.startsWith(`${at}.`));
  return lines(
    own.map((object) => {
      const { kind, metadata } = object.manifest;
      return element('a', { href: fileAddress(places, objectPath(object)) }, `${kind} ${metadata.name}`);
    }),
  );
}

/** Every pool, with its nodes, what keeps pods away, what DaemonSets take, and its files. */
export function poolsTable(bundle: Bundle, places: ReportPlaces): Markup {
  const columns: readonly Column<Pool>[] = [
    { title: 'pool', share: 18, cell: ({ name, spec }) => (spec.description ? named(name, spec.description) : name) },
    { title: 'kind', share: 14, cell: (pool) => kinds(bundle.platform, pool) },
    { title: 'nodes', share: 26, cell: nodes },
    {
      title: 'taints',
      share: 26,
      cell: ({ taints }) => lines(taints.map((taint) => element('code', {}, breakable(formatTaint(taint))))),
    },
    { title: 'DaemonSets', share: 20, cell: daemons },
    { title: 'files', share: 18, cell: (pool) => filesOf(bundle, pool, places) },
  ];
  return table('Node pools, in the order of the environment', columns, bundle.platform.pools);
}
