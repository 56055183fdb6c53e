import { describe, expect, test } from 'vitest';
import { renderView } from '../../lib/graph/pictures.ts';
import { placements } from '../../lib/graph/views/placement.ts';
import { poolGroups } from '../../lib/graph/views/pool-group.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';

const [system, cpu, gpu] = eksInput().nodePools;
const [small, gpuProfile] = eksInput().sessionProfiles;
if (!system || !cpu || !gpu || !small || !gpuProfile) throw new Error('the fixture has changed');

function placed(overrides: Partial<EnvironmentInput>, name: string) {
  return placements(platformOf(eksInput(overrides))).find(({ starter }) => starter.name === name);
}

describe('where sessions really run (PROVE-4)', () => {
  test('GIVEN a profile WHEN some types of its pool are too small THEN it reaches the others, the cheapest first', () => {
    const { capacity } = gpu;
    if (capacity.kind !== 'ec2') throw new Error('the fixture has changed');
    const types = ['g5.8xlarge', 'g5.xlarge', 'g5.4xlarge'];
    const found = placed(
      {
        nodePools: [system, cpu, { ...gpu, capacity: { ...capacity, instanceTypes: types } }],
        sessionProfiles: [small, { ...gpuProfile, cpu: { request: 12 } }],
      },
      'gpu',
    );
    expect(
      found?.reaches.map(({ pool, nodes, first, perNode }) => [
        pool.name,
        nodes.map(({ type }) => type),
        first.type,
        perNode,
      ]),
    ).toEqual([['gpu', ['g5.8xlarge', 'g5.4xlarge'], 'g5.4xlarge', 1]]);
  });

  test('GIVEN cluster-autoscaler THEN the first type of the pool comes first, whatever it costs', () => {
    const { capacity } = gpu;
    if (capacity.kind !== 'ec2') throw new Error('the fixture has changed');
    const found = placed(
      {
        autoscaler: { kind: 'cluster-autoscaler' },
        nodePools: [system, cpu, { ...gpu, capacity: { ...capacity, instanceTypes: ['g5.4xlarge', 'g5.xlarge'] } }],
      },
      'gpu',
    );
    expect(found?.reaches[0]?.first.type).toBe('g5.4xlarge');
  });

  test('GIVEN a profile that asks for too much THEN it reaches no pool, with the reason of the scheduler for its own', () => {
    const found = placed({ sessionProfiles: [small, { ...gpuProfile, cpu: { request: 60 } }] }, 'gpu');
    expect(found?.reaches).toEqual([]);
    expect(found?.refusal).toMatch(/g5\.xlarge: asks for cpu 60 of/);
  });

  test('GIVEN a profile that fits no node THEN pictures show it at its pool, without an arrow', () => {
    const platform = platformOf(eksInput({ sessionProfiles: [small, { ...gpuProfile, cpu: { request: 60 } }] }));
    const chart = renderView('pools', platform, 'mermaid');
    expect(chart).toContain('starter1 --x pool1');
    expect(chart).not.toContain('starter1 --> ');
    const svg = renderView('pools', platform, 'svg');
    expect(svg).toContain('fits no node');
    expect(svg).toContain('asks for cpu 60 of');
  });

  test('pools are grouped by what they are for, whatever they are called', () => {
    const groups = poolGroups(platformOf(onPremisesInput()));
    expect(groups.map(({ kind, pools }) => [kind, pools.map(({ pool }) => pool.name)])).toEqual([
      ['general', ['cpu']],
      ['gpu', ['gpu', 't4']],
    ]);
  });
});
