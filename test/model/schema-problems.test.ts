import { describe, expect, test } from 'vitest';
import { parseEnvironment } from '../../lib/model/parse.ts';
import { eksInput } from '../fixtures/environment.ts';

/** The fixture with one thing changed, as somebody without types would write it. */
function problemsOf(change: (input: Record<string, unknown>) => void): readonly string[] {
  const input = structuredClone(eksInput()) as unknown as Record<string, unknown>;
  change(input);
  const parsed = parseEnvironment(input);
  return parsed.ok
    ? []
    : parsed.problems.map(({ code, path, message, hint }) => `${code} ${path}: ${message} ${hint ?? ''}`.trim());
}

type Pool = { name: string; role: string; taints: unknown; capacity: Record<string, unknown> };
const pools = (input: Record<string, unknown>): Pool[] => input.nodePools as Pool[];

describe('a wrong shape is reported with path, value, rule and remedy', () => {
  test('ENV001 unknown key', () => {
    expect(problemsOf((input) => Object.assign(input, { nodePool: [] }))).toEqual([
      'ENV001 nodePool: "nodePool" is not a known key here. Did you mean "nodePools"?',
    ]);
    expect(problemsOf((input) => Object.assign(pools(input)[2]?.capacity ?? {}, { instancetypes: [] }))).toEqual([
      'ENV001 nodePools.gpu.capacity.instancetypes: "instancetypes" is not a known key here. Did you mean "instanceTypes"?',
    ]);
  });

  test('ENV002 missing', () => {
    expect(problemsOf((input) => delete input.cluster)).toEqual([
      'ENV002 cluster: is missing; it must be a map. Add it.',
    ]);
    expect(problemsOf((input) => delete pools(input)[0]?.capacity.kind)).toEqual([
      'ENV002 nodePools.system.capacity.kind: is missing. Known: "ec2", "static".',
    ]);
  });

  test('ENV003 wrong type', () => {
    expect(problemsOf((input) => Object.assign(input, { storage: 4 }))).toEqual(['ENV003 storage: 4 is not a map.']);
  });

  test('ENV003 a text that YAML takes for a number', () => {
    expect(problemsOf((input) => Object.assign(input, { kubernetesVersion: 1.36 }))).toEqual([
      'ENV003 kubernetesVersion: 1.36 is not a string. Write it in quotes: "1.36".',
    ]);
  });

  test('ENV006 memory without a unit, which would be bytes', () => {
    const problems = problemsOf((input) => {
      Object.assign((input.sessionProfiles as { memory: object }[])[0]?.memory ?? {}, { request: 4 });
    });
    expect(problems).toEqual([
      'ENV006 sessionProfiles.small.memory.request: "4" is no memory or storage quantity with a unit. For example "16Gi".',
    ]);
  });

  test('ENV008 an entry that stands twice', () => {
    expect(
      problemsOf((input) =>
        Object.assign(pools(input)[2]?.capacity ?? {}, { instanceTypes: ['g5.xlarge', 'g5.xlarge'] }),
      ),
    ).toEqual(['ENV008 nodePools.gpu.capacity.instanceTypes[1]: "g5.xlarge" stands twice. Name it once.']);
  });

  test('ENV004 not one of the allowed values', () => {
    expect(
      problemsOf((input) => Object.assign(pools(input)[2] ?? {}, { taints: [{ key: 'a', effect: 'NoSchedul' }] })),
    ).toEqual([
      'ENV004 nodePools.gpu.taints[0].effect: "NoSchedul" is not one of the allowed values. Did you mean "NoSchedule"?',
    ]);
    expect(problemsOf((input) => Object.assign(input, { autoscaler: { kind: 'karpentr' } }))).toEqual([
      'ENV004 autoscaler.kind: "karpentr" is not known here. Did you mean "karpenter"?',
    ]);
  });

  test('ENV005 too small', () => {
    expect(problemsOf((input) => Object.assign(pools(input)[2]?.capacity ?? {}, { max: 0 }))).toEqual([
      'ENV005 nodePools.gpu.capacity.max: 0 is too small: at least 1.',
    ]);
  });

  test('ENV006 wrong form', () => {
    expect(
      problemsOf((input) => {
        Object.assign((input.sessionProfiles as { cpu: object }[])[0]?.cpu ?? {}, { request: 'lots' });
      }),
    ).toEqual(['ENV006 sessionProfiles.small.cpu.request: "lots" is no CPU quantity. For example "500m" or 4.']);
  });

  test('ENV006 a schedule that Karpenter could not read (NODE-8)', () => {
    const schedule = '0 6 * * 1-7';
    expect(
      problemsOf((input) =>
        Object.assign(pools(input)[1] ?? {}, { disruption: { budgets: [{ nodes: '0', schedule, duration: '1h' }] } }),
      ),
    ).toEqual([
      'ENV006 nodePools.cpu.disruption.budgets[0].schedule: "0 6 * * 1-7" is no cron schedule. Minute, hour, day, month and weekday, for example "0 6 * * mon-fri".',
    ]);
  });

  test('ENV007 names of over 63 characters, and names that are no DNS label', () => {
    const long = 'a'.repeat(64);
    expect(problemsOf((input) => Object.assign(pools(input)[2] ?? {}, { name: long }))[0]).toContain(
      `ENV007 nodePools.${long}.name: "${long}" has 64 characters; at most 63 fit a name.`,
    );
    expect(problemsOf((input) => Object.assign(input, { name: 'My Env' }))).toEqual([
      'ENV007 name: "My Env" is no DNS label: lower-case letters, digits and "-", beginning and ending with a letter or digit. For example "my-env".',
    ]);
  });

  test('all problems come at once', () => {
    const problems = problemsOf((input) => {
      Object.assign(input, { name: 'X', storage: 4 });
      delete input.cluster;
    });
    expect(problems.map((problem) => problem.slice(0, 6))).toEqual(['ENV002', 'ENV007', 'ENV003']);
  });
});
