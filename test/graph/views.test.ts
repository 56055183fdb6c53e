import { describe, expect, test } from 'vitest';
import { mermaidLabel } from '../../lib/graph/mermaid/text.ts';
import { renderView, VIEWS } from '../../lib/graph/pictures.ts';
import { describeBelow, describeShare } from '../../lib/graph/views/describe-share.ts';
import { ladder } from '../../lib/graph/views/ladder.ts';
import { poolWeeks } from '../../lib/graph/views/pool-week.ts';
import { tenantView } from '../../lib/graph/views/tenant-view.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';

function tenants(overrides: Partial<EnvironmentInput>) {
  const view = tenantView(platformOf(eksInput(overrides)));
  return view.rows.map((row) => [
    row.tenant?.name,
    ...view.goods.map((good, index) => describeShare(good, row.shares[index] ?? {}, row)),
    ...view.goods.map((good, index) => describeBelow(good, row.shares[index] ?? {})),
  ]);
}

describe('shares of tenants (PROVE-4)', () => {
  test('GIVEN quotas THEN each stands beside the nearest above that limits the same, and the top beside all pools', () => {
    expect(tenants({})).toEqual([
      ['research', '4 of 4', '64 of 187', '256 of 674 GiB', 'below: 2', 'below: 40', 'below: 160 GiB'],
      ['vision', '2 of 4', '32 of 64', '128 of 256 GiB', '', '', ''],
      ['teaching', 'none', '8 of 64', '32 of 256 GiB', '', '', ''],
    ]);
  });

  test('GIVEN tenants without a quota of their own THEN GPUs are theirs only where somebody above is promised some', () => {
    const children = [
      { name: 'free' },
      { name: 'more', quota: { cpu: 9, gpus: 3 } },
      { name: 'most', quota: { cpu: 4, gpus: 2 } },
    ];
    const rows = tenants({
      tenants: [
        { name: 'with', quota: { cpu: 8, gpus: 4 }, children },
        { name: 'without', children: [{ name: 'alone' }] },
      ],
    });
    expect(rows.map(([name, gpus, cpu]) => [name, gpus, cpu])).toEqual([
      ['with', '4 of 4', '8 of 187'],
      ['free', 'no own limit', 'no own limit'],
      ['more', '3 of 4', '9 of 8'],
      ['most', '2 of 4', '4 of 8'],
      ['without', 'none', 'no own limit'],
      ['alone', 'none', 'no own limit'],
    ]);
    expect(rows[0]?.slice(4)).toEqual(['below: 5 > 4', 'below: 13 > 8', '']);
  });
});

describe('who is served first (PROVE-4)', () => {
  test('classes stand highest first, with what runs under them', () => {
    const rungs = ladder(platformOf(eksInput()));
    expect(rungs.map(({ step }) => step.value)).toEqual([100_000, 1000, 0, -4, -6, -8, -9, -10]);
    expect(rungs.find(({ step }) => step.name === 'atelier-default')?.starters).toEqual(['small', 'gpu']);
    expect(rungs.filter(({ displaces }) => displaces).map(({ step }) => step.name)).toEqual([
      'atelier-course',
      'atelier-warm',
    ]);
  });
});

describe('a day of GPU pools (PROVE-4)', () => {
  const [system, cpu, gpu] = eksInput().nodePools;
  const [small, profile] = eksInput().sessionProfiles;
  if (!system || !cpu || !gpu || !small || !profile) throw new Error('the fixture has changed');
  const course = { ...profile, name: 'course', priorityClass: 'atelier-course' };
  const week = (overrides: Partial<EnvironmentInput>) =>
    poolWeeks(platformOf(eksInput(overrides))).find(({ pool }) => pool.name === 'gpu');

  test('GIVEN a reservation and a budget THEN days that are alike stand together, with the nodes that are held', () => {
    const found = week({
      nodePools: [
        system,
        cpu,
        {
          ...gpu,
          disruption: { budgets: [{ nodes: '10%' }, { nodes: '0', schedule: '0 6 * * mon-fri', duration: '12h' }] },
        },
      ],
      sessionProfiles: [small, profile, course],
      reservations: [{ name: 'ml', course: 'course', gpus: 2, days: ['tue'], from: '09:30', to: '12:00' }],
    });
    expect(found?.groups.map(({ days, lanes }) => [days, lanes.map(({ label }) => label)])).toEqual([
      [[0, 2, 3, 4], ['06:00–18:00 UTC no node is disrupted']],
      [[1], ['09:30–12:00 2 GPUs for course (ml): 2 × g5.xlarge, 2.01 USD/h', '06:00–18:00 UTC no node is disrupted']],
      [[5, 6], []],
    ]);
    expect(found?.sentences).toContain('At any time at most 10% of nodes are disrupted at once.');
    expect(found?.sentences).toContain('An empty node goes after 5m.');
  });

  test('GIVEN cluster-autoscaler THEN budgets, which it does not know, are not drawn', () => {
    const budgets = [{ nodes: '0', schedule: '0 6 * * *', duration: '12h' }];
    const found = week({
      autoscaler: { kind: 'cluster-autoscaler' },
      nodePools: [system, cpu, { ...gpu, disruption: { budgets } }],
    });
    expect(found?.groups).toEqual([]);
  });

  test('GIVEN a schedule of days of the month THEN it is told in words, because a week cannot show it', () => {
    const budgets = [{ nodes: '2', schedule: '0 6 1 * *', duration: '2h' }];
    const found = week({ nodePools: [system, cpu, { ...gpu, disruption: { budgets } }] });
    expect(found?.groups).toEqual([]);
    expect(found?.sentences.join(' ')).toContain(
      'By the schedule 0 6 1 * * UTC, for 2h, at most 2 nodes are disrupted at once.',
    );
  });
});

describe('Mermaid', () => {
  test('every letter of a label is shown as it is', () => {
    expect(mermaidLabel('a "b" <c> & #d `e` *f* _g_ \\h', 'second\nline')).toBe(
      '"a #quot;b#quot; #lt;c#gt; #amp; #35;d #96;e#96; #42;f#42; #95;g#95; #92;h<br/>second line"',
    );
  });

  test.each([
    [300, 30],
    [600, 150],
  ])(
    'GIVEN %d tenants and %d pools WHEN charts are written THEN Mermaid draws them',
    async (tenantCount, poolCount) => {
      const { crowdedInput } = await import('../fixtures/crowded-environment.ts');
      const platform = platformOf(crowdedInput(tenantCount, poolCount));
      for (const view of VIEWS) {
        const chart = renderView(view, platform, 'mermaid');
        expect(chart.length, view).toBeLessThan(50_000);
        expect(chart.match(/ (-->|--x|---|-\.) /g)?.length ?? 0, view).toBeLessThanOrEqual(500);
      }
    },
  );

  test('GIVEN more pools and profiles than Mermaid draws WHEN they are drawn THEN each is shown, or counted where it would stand', async () => {
    const { crowdedInput } = await import('../fixtures/crowded-environment.ts');
    const platform = platformOf(crowdedInput(12, 150));
    const chart = renderView('pools', platform, 'mermaid');
    const all = (pattern: RegExp) => [...chart.matchAll(pattern)];
    const counted = (what: string) =>
      all(new RegExp(`and (\\d+) more ${what}s?"`, 'g')).reduce((sum, [, number]) => sum + Number(number), 0);
    const pools = all(/^ {4}(pool\d+)\[/gm).length;
    expect(pools).toBeGreaterThan(10);
    expect(counted('pool')).toBeGreaterThan(0);
    expect(pools + counted('pool')).toBe(platform.pools.length);
    // Every arrow leads to what is drawn.
    const drawn = new Set(all(/(\w+)(?:\(\[|\[)"/g).map(([, id]) => id));
    const ends = all(/(\w+)(?:\(\[".*"\]\))? (?:-->|--x|---) (\w+)$/gm).flatMap(([, from, to]) => [from, to]);
    expect(ends.length).toBeGreaterThan(10);
    expect(ends.filter((id) => id === undefined || !drawn.has(id))).toEqual([]);
  });
});
