import type { Bundle } from '../../bundle/bundle.ts';
import { objectPath } from '../../bundle/layout.ts';
import { formatGoDuration } from '../../core/duration.ts';
import { describeBytes, formatMillicpu } from '../../core/quantity.ts';
import { list } from '../../core/words.ts';
import type { Pool } from '../../model/pool.ts';
import { formatTaint } from '../../model/taint.ts';
import { type Content, element, type Markup } from '../drawing/xml.ts';
import { describeDevices, describeGpu, describePrice, describeSize, isSpot } from '../views/describe.ts';
import { mark, named } from './mark.ts';
import { fileAddress, type ReportPlaces } from './subject.ts';
import { type Column, lines, table } from './table.ts';

function kinds(pool: Pool): Content {
  return lines([
    pool.spec.role,
    ...(pool.gpuModel === undefined ? [] : [mark('gpu', describeGpu(pool))]),
    ...(isSpot(pool) ? [mark('warm', 'spot')] : []),
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
    { title: 'pool', cell: ({ name, spec }) => (spec.description ? named(name, spec.description) : name) },
    { title: 'kind', cell: kinds },
    { title: 'size', cell: (pool) => describeSize(pool) },
    { title: 'nodes', cell: nodes },
    { title: 'taints', cell: ({ taints }) => lines(taints.map((taint) => element('code', {}, formatTaint(taint)))) },
    {
      title: 'DaemonSets of a node',
      cell: ({ overhead }) =>
        `${formatMillicpu(overhead.millicpu)} CPU, ${describeBytes(overhead.memoryBytes)}: ${overhead.daemons.join(', ')}`,
    },
    {
      title: 'an empty node goes',
      cell: ({ elastic, spec }) =>
        elastic ? `after ${formatGoDuration(spec.disruption.idleAfter)}` : 'never by itself',
    },
    { title: 'files', cell: (pool) => filesOf(bundle, pool, places) },
  ];
  return table('Node pools', columns, bundle.platform.pools);
}
