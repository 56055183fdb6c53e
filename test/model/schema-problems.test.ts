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
      'ENV002 cluster: is missing; it must be a map. Its keys: "kind", "name", "region", "zones", "accountId", "nodeRole", "cloud".',
    ]);
    expect(problemsOf((input) => delete pools(input)[0]?.capacity.kind)).toEqual([
      'ENV002 nodePools.system.capacity.kind: is missing. Known: "ec2", "static".',
    ]);
  });

  test('ENV003 wrong type', () => {
    expect(problemsOf((input) => Object.assign(input, { storage: 4 }))).toEqual([
      'ENV003 storage: 4 is not a map. Its keys: "classes", "block", "shared", "homes".',
    ]);
    const taints = ['team=x:NoSchedule'];
    expect(problemsOf((input) => Object.assign(pools(input)[1] ?? {}, { taints }))).toEqual([
      'ENV003 nodePools.cpu.taints[0]: "team=x:NoSchedule" is not a map. Its keys: "key", "value", "effect".',
    ]);
    expect(problemsOf((input) => Object.assign(input, { policies: null }))).toEqual([
      'ENV003 policies: is empty; it must be a map. Fill it in, or leave the key out.',
    ]);
    expect(problemsOf((input) => Object.assign(input.workbench as object, { scim: 'yes' }))).toEqual([
      'ENV003 workbench.scim: "yes" is not a boolean. Write true or false, without quotes.',
    ]);
    expect(
      problemsOf((input) => Object.assign((input.sessionProfiles as object[])[1] ?? {}, { offeredTo: 'gpu-users' })),
    ).toEqual([
      'ENV003 sessionProfiles.gpu.offeredTo: "gpu-users" is not "everyone" or a map. Its keys: "groups", "users".',
    ]);
  });

  test('ENV001 a key that is missing because it is misspelt is told once', () => {
    const rename = (input: Record<string, unknown>): void => {
      input.gpuSofware = input.gpuSoftware;
      delete input.gpuSoftware;
    };
    expect(problemsOf(rename)).toEqual([
      'ENV001 gpuSofware: "gpuSofware" is not a known key here. Did you mean "gpuSoftware"?',
    ]);
    const others = problemsOf((input) => {
      rename(input);
      delete input.registry;
    });
    expect(others.map((problem) => problem.slice(0, 17))).toEqual(['ENV001 gpuSofware', 'ENV002 registry: ']);
  });

  test('ENV003 a text that YAML takes for a number', () => {
    expect(problemsOf((input) => Object.assign(input, { kubernetesVersion: 1.36 }))).toEqual([
      'ENV003 kubernetesVersion: 1.36 is not a string. Write it in quotes, because a number loses the zeros at its end.',
    ]);
    expect(problemsOf((input) => Object.assign((input.images as object[])[0] ?? {}, { tag: 2026 }))).toEqual([
      'ENV003 images.base.tag: 2026 is not a string. Write it in quotes: "2026".',
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

  test.each([
    ['memory', '12g', '12G'],
    ['memory', '64 GB', '64G'],
    ['memory', '1.5GiB', '1.5Gi'],
    ['memory', '512MB', '512M'],
    ['memory', '900kb', '900k'],
    ['cpu', '8 cores', '8'],
    ['cpu', '250M', '250m'],
    ['cpu', '2 vCPU', '2'],
  ])('ENV006 %s of "%s" is asked back as "%s"', (key, wrong, meant) => {
    const problems = problemsOf((input) => {
      const [profile] = input.sessionProfiles as Record<string, object>[];
      Object.assign(profile?.[key] ?? {}, { request: wrong });
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`Did you mean "${meant}"?`);
  });

  test.each([
    ['1 day', '1d'],
    ['30min', '30m'],
    ['2 Hours', '2h'],
    ['90 seconds', '90s'],
  ])('ENV006 a duration of "%s" is asked back as "%s"', (maxLifetime, meant) => {
    expect(problemsOf((input) => Object.assign((input.sessionProfiles as object[])[1] ?? {}, { maxLifetime }))).toEqual(
      [
        `ENV006 sessionProfiles.gpu.maxLifetime: "${maxLifetime}" is no duration in s, m, h or d. Did you mean "${meant}"?`,
      ],
    );
  });

  test('ENV006 a duration that may mean anything, and an address that is no block', () => {
    expect(
      problemsOf((input) => Object.assign((input.sessionProfiles as object[])[1] ?? {}, { maxLifetime: 24 })),
    ).toEqual([
      'ENV006 sessionProfiles.gpu.maxLifetime: "24" is no duration in s, m, h or d. For example "5m" or "1h30m".',
    ]);
    expect(problemsOf((input) => Object.assign(input.tenancy as object, { egress: [{ cidr: '10.0.0.0' }] }))).toEqual([
      'ENV006 tenancy.egress[0].cidr: "10.0.0.0" is no block of addresses such as "10.0.0.0/8".',
    ]);
  });

  test('ENV004 another version of the format, and the right one in quotes', () => {
    expect(problemsOf((input) => Object.assign(input, { version: 2 }))).toEqual([
      'ENV004 version: 2 is not 1. Write 1.',
    ]);
    expect(problemsOf((input) => Object.assign(input, { version: '1' }))).toEqual([
      'ENV004 version: "1" is not 1. Write 1, without quotes.',
    ]);
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
