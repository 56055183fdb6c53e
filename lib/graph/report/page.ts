import { count } from '../../core/words.ts';
import type { Platform } from '../../model/platform.ts';
import { inlineSvg } from '../drawing/svg.ts';
import { type Content, element, emptyElement, type Markup } from '../drawing/xml.ts';
import { drawView, type View } from '../pictures.ts';
import { describeGpu } from '../views/describe.ts';
import { checkSection, verdict } from './check-section.ts';
import { costSection } from './cost-section.ts';
import { filesSection, secretsTable } from './files-section.ts';
import { poolsTable } from './pools-section.ts';
import { profilesTable } from './profiles-section.ts';
import { REPORT_STYLE } from './stylesheet.ts';
import type { ReportPlaces, ReportSubject } from './subject.ts';
import { tenantsTable } from './tenants-section.ts';

/** Nothing may be loaded, whatever the page says: neither by mistake nor by a name in an environment. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A picture for wide pages and paper, and one for narrow pages; the reader sees one of them. */
function figure(view: View, platform: Platform): Markup {
  const sizes = ['wide', 'narrow'] as const;
  return element(
    'figure',
    {},
    sizes.map((size) => element('div', { class: size }, inlineSvg(drawView(view, platform, size), `${view}-${size}`))),
  );
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Content;
}

function sections(subject: ReportSubject, places: ReportPlaces): readonly Section[] {
  const { bundle } = subject;
  const { platform } = bundle;
  return [
    { id: 'profiles', title: 'Session profiles', content: [figure('pools', platform), profilesTable(platform)] },
    { id: 'pools', title: 'Node pools', content: poolsTable(bundle, places) },
    { id: 'cost', title: 'Cost', content: costSection(platform) },
    {
      id: 'tenants',
      title: 'Tenants',
      content: [figure('tenants', platform), platform.tenants.length > 0 ? tenantsTable(bundle, places) : []],
    },
    { id: 'priorities', title: 'Priorities', content: figure('priorities', platform) },
    { id: 'day', title: 'A day', content: figure('day', platform) },
    { id: 'check', title: 'Check', content: checkSection(subject) },
    { id: 'secrets', title: 'Secrets to be made', content: secretsTable(bundle) },
    { id: 'files', title: 'Files', content: filesSection(bundle, places) },
  ];
}

function facts(subject: ReportSubject): readonly (readonly [string, string])[] {
  const { environment, pools, profiles, tenants } = subject.bundle.platform;
  const { cluster, autoscaler, tenancy } = environment;
  const gpus = [...new Set(pools.flatMap((pool) => (pool.gpuModel === undefined ? [] : [describeGpu(pool)])))];
  return [
    ['Cluster', `${cluster.name} (${cluster.kind === 'eks' ? `EKS, ${cluster.region}` : 'on premises'})`],
    ['Kubernetes', environment.kubernetesVersion],
    ['Autoscaler', autoscaler.kind],
    ['GPUs', gpus.join('; ') || 'none'],
    ['Session profiles', String(profiles.length)],
    ['Node pools', String(pools.length)],
    ['Tenants', `${tenants.length} (${tenancy.backend.kind})`],
    ['Check', verdict(subject)],
  ];
}

/** The page about an environment: one HTML file that needs nothing else, the same bytes for the same environment. */
export function reportPage(subject: ReportSubject, places: ReportPlaces): string {
  const { environment } = subject.bundle.platform;
  const all = sections(subject, places);
  const refused = subject.findings.some(({ severity }) => severity === 'error');
  const head = element(
    'head',
    {},
    emptyElement('meta', { charset: 'utf-8' }),
    emptyElement('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    emptyElement('meta', { name: 'color-scheme', content: 'light dark' }),
    emptyElement('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    '\n',
    element('title', {}, `${environment.name}: platform report`),
    '\n',
    { markup: `<style>\n${REPORT_STYLE}\n</style>\n` },
  );
  const body = element(
    'body',
    {},
    '\n',
    element(
      'header',
      {},
      element('h1', {}, environment.name),
      environment.description ? element('p', { class: 'lead' }, environment.description) : [],
      refused
        ? element(
            'p',
            {},
            element('strong', {}, 'The parts do not fit: '),
            'synth refuses this environment. ',
            element('a', { href: '#check' }, 'See what is wrong.'),
          )
        : [],
      element(
        'dl',
        {},
        facts(subject).map(([term, value]) => element('div', {}, element('dt', {}, term), element('dd', {}, value))),
      ),
    ),
    '\n',
    element(
      'nav',
      { 'aria-label': 'Contents' },
      element(
        'ul',
        {},
        all.map(({ id, title }) => element('li', {}, element('a', { href: `#${id}` }, title))),
      ),
    ),
    '\n',
    element(
      'main',
      {},
      all.map(({ id, title, content }) => [
        '\n',
        element('section', { 'aria-labelledby': id }, element('h2', { id }, title), '\n', content),
      ]),
    ),
    '\n',
    element(
      'footer',
      {},
      `Written by Atelier from the environment alone: ${count(subject.bundle.objects.length, 'object')}, ${count(subject.bundle.releases.length, 'release')}. Prices are on demand in us-east-1.`,
    ),
    '\n',
  );
  return `<!doctype html>\n${element('html', { lang: 'en' }, '\n', head, '\n', body, '\n').markup}\n`;
}
