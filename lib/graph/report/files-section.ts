import type { Bundle } from '../../bundle/bundle.ts';
import { INDEX_FILE } from '../../bundle/index-file.ts';
import { CLOUD_PLAN, releasePath } from '../../bundle/layout.ts';
import { PHASES } from '../../bundle/phase.ts';
import { count, list } from '../../core/words.ts';
import { requiredSecrets } from '../../model/required-secrets.ts';
import { type Content, element, type Markup } from '../drawing/xml.ts';
import { fileAddress, type ReportPlaces } from './subject.ts';
import { prose, table } from './table.ts';

/** Secrets that somebody has to make. */
export function secretsTable({ platform }: Bundle): Markup {
  return table(
    'Atelier refers to these and never holds one: make them before the platform is applied',
    [
      { title: 'Secret', share: 25, cell: ({ name }) => name },
      { title: 'namespaces', share: 20, cell: ({ namespaces }) => namespaces.join(', ') },
      { title: 'keys', share: 20, cell: ({ keys }) => keys.join(', ') },
      { title: 'what it is', share: 45, cell: ({ purpose }) => prose(purpose) },
    ],
    requiredSecrets(platform.environment),
  );
}

/** `12 ConfigMap, 3 Secret`: the kinds of a phase, the most frequent first. */
function kindsOf(objects: Bundle['objects']): string {
  const counts = new Map<string, number>();
  for (const { manifest } of objects) counts.set(manifest.kind, (counts.get(manifest.kind) ?? 0) + 1);
  const sorted = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  return list(
    sorted.map(([kind, number]) => `${number} ${kind}`),
    8,
  );
}

/** What `atelier synth` writes, with links to it. */
export function filesSection(bundle: Bundle, places: ReportPlaces): Content {
  const link = (path: string): Markup => element('a', { href: fileAddress(places, path) }, path);
  const phases = PHASES.flatMap((phase) => {
    const objects = bundle.objects.filter((object) => object.phase === phase);
    return objects.length > 0 ? [{ phase, objects }] : [];
  });
  const others = [INDEX_FILE, ...bundle.files.map(({ path }) => path)];
  const parts = [...new Set(others.map((path) => path.split('/', 1).join('')))].sort();
  return [
    element(
      'p',
      {},
      'Links lead to what "atelier synth" writes; they work where its folder lies beside this page as it did when the page was made.',
    ),
    table(
      'Objects, by phase: from the first to the last they are applied',
      [
        { title: 'phase', share: 20, cell: ({ phase }) => link(phase) },
        { title: 'objects', share: 10, numeric: true, cell: ({ objects }) => String(objects.length) },
        { title: 'kinds', share: 70, cell: ({ objects }) => kindsOf(objects) },
      ],
      phases,
    ),
    bundle.releases.length === 0
      ? []
      : table(
          'Helm releases',
          [
            { title: 'release', share: 20, cell: ({ name }) => name },
            { title: 'chart', share: 25, cell: ({ chart }) => `${chart.name} ${chart.version}` },
            { title: 'namespace', share: 20, cell: ({ namespace }) => namespace },
            { title: 'values', share: 35, cell: (release) => link(releasePath(release)) },
          ],
          bundle.releases,
        ),
    bundle.cloud.length === 0
      ? []
      : element('p', {}, `${count(bundle.cloud.length, 'cloud resource')}: `, link(CLOUD_PLAN), '.'),
    element('h3', {}, 'Other files'),
    element(
      'ul',
      {},
      parts.map((part) => {
        const inside = others.filter((path) => path.startsWith(`${part}/`)).length;
        return element('li', {}, link(part), inside > 0 ? ` (${count(inside, 'file')})` : '');
      }),
    ),
  ];
}
