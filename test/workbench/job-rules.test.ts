import { describe, expect, it } from 'vitest';
import type { JobRule } from '../../lib/workbench/job-template.ts';
import { describeWithEngine } from '../job-template-engine.ts';
import { type JobMaker, predictedJob, renderedJob, sessionJob } from './session-job.ts';

const PROFILE = 'atelier.dev/session-profile';
const gpuTaint = { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' } as const;
const poolTaint = { key: 'atelier.dev/dedicated', operator: 'Equal', value: 'a100', effect: 'NoSchedule' } as const;

const gpuRule: JobRule = {
  constraint: { name: PROFILE, value: 'gpu' },
  gpu: 'required',
  tolerations: [gpuTaint, poolTaint],
  nodeSelector: { 'atelier.dev/node-pool': 'a100' },
  labels: { [PROFILE]: 'gpu' },
  annotations: { 'karpenter.sh/do-not-disrupt': 'true' },
  priorityClassName: 'interactive',
  schedulerName: 'bin-packing',
  gpuResource: 'nvidia.com/mig-1g.10gb',
  activeDeadlineSeconds: 43_200,
};

const gpus = (value: string) => [{ type: 'NVIDIA GPUs', value }] as const;
const profile = (value: string) => [{ name: PROFILE, value }] as const;
const RULED = ['tolerations', 'nodeSelector', 'priorityClassName', 'schedulerName'];

function contract(make: JobMaker): void {
  it('WB-2: GIVEN a rule WHEN the job has its constraint and a GPU THEN all that the rule says reaches the pod', () => {
    const job = sessionJob({ placementConstraints: profile('gpu'), resourceLimits: gpus('2') });
    const { metadata, spec, pod, podMetadata, session } = make(job, { rules: [gpuRule], ruleConstraints: [PROFILE] });
    expect(pod).toMatchObject({
      tolerations: [gpuTaint, poolTaint],
      nodeSelector: { 'atelier.dev/node-pool': 'a100' },
      priorityClassName: 'interactive',
      schedulerName: 'bin-packing',
    });
    expect(podMetadata.labels).toEqual({ 'launcher-instance-id': 'a1b2c3', [PROFILE]: 'gpu' });
    expect(podMetadata.annotations).toHaveProperty(['karpenter.sh/do-not-disrupt'], 'true');
    expect(session.resources).toEqual({ limits: { 'nvidia.com/mig-1g.10gb': 2 } });
    expect(spec.activeDeadlineSeconds).toBe(43_200);
    expect(metadata.labels).not.toHaveProperty([PROFILE]);
  });

  it.each([
    ['another value', profile('cpu')],
    ['no value', [{ name: PROFILE }]],
    ['another name', [{ name: 'zone', value: 'gpu' }]],
    ['no constraint at all', []],
  ])('WB-2: GIVEN a rule WHEN the job has a GPU but %s THEN nothing changes', (_, placementConstraints) => {
    const job = sessionJob({ placementConstraints, resourceLimits: gpus('1') });
    const { pod, session, spec } = make(job, { rules: [gpuRule], ruleConstraints: [PROFILE, 'zone'] });
    expect(Object.keys(pod).filter((key) => RULED.includes(key))).toEqual([]);
    expect(spec.activeDeadlineSeconds).toBeUndefined();
    expect(session.resources).toEqual({ limits: { 'nvidia.com/gpu': 1 } });
  });

  it.each([
    ['required', '1', true],
    ['required', '0.000000', false],
    ['required', '-1', false],
    ['forbidden', '1', false],
    ['forbidden', '0', true],
    ['forbidden', '', true],
  ] as const)('WB-2: GIVEN a rule with GPUs %s WHEN the job asks for "%s" THEN applies: %s', (gpu, limit, applied) => {
    const rules: readonly JobRule[] = [{ constraint: gpuRule.constraint, gpu, labels: { ruled: 'yes' } }];
    const job = sessionJob({ placementConstraints: profile('gpu'), resourceLimits: gpus(limit) });
    expect(make(job, { rules }).podMetadata.labels?.ruled).toBe(applied ? 'yes' : undefined);
  });

  it('WB-2: GIVEN a rule that leaves GPUs open WHEN the job has none THEN it applies, and names no GPU resource', () => {
    const rules: readonly JobRule[] = [
      { constraint: gpuRule.constraint, gpuResource: 'nvidia.com/gpu.shared', priorityClassName: 'low' },
    ];
    const { pod, session } = make(sessionJob({ placementConstraints: profile('gpu'), resourceLimits: [] }), { rules });
    expect(pod.priorityClassName).toBe('low');
    expect(session.resources).toBeUndefined();
  });

  it('WB-2: GIVEN several rules WHEN they apply THEN maps merge, lists unite and the last single value stays', () => {
    const { constraint } = gpuRule;
    const rules: readonly JobRule[] = [
      {
        constraint,
        tolerations: [gpuTaint],
        labels: { a: '1', b: '1' },
        priorityClassName: 'low',
        activeDeadlineSeconds: 60,
      },
      { constraint: { name: 'zone', value: 'elsewhere' }, labels: { b: 'never' }, priorityClassName: 'never' },
      {
        constraint,
        tolerations: [poolTaint, gpuTaint],
        labels: { b: '2' },
        annotations: { c: '2' },
        schedulerName: 'second',
      },
      { constraint: { name: 'zone', value: 'east' }, annotations: { c: '3' }, activeDeadlineSeconds: 90 },
    ];
    const job = sessionJob({ placementConstraints: [...profile('gpu'), { name: 'zone', value: 'east' }] });
    const pod = { tolerations: [gpuTaint], labels: { a: '0', d: '0' }, priorityClassName: 'default' };
    const made = make(job, { rules, pod });
    expect(made.pod).toMatchObject({
      tolerations: [gpuTaint, poolTaint],
      priorityClassName: 'low',
      schedulerName: 'second',
    });
    expect(made.podMetadata.labels).toMatchObject({ a: '1', b: '2', d: '0' });
    expect(made.podMetadata.annotations.c).toBe('3');
    expect(made.spec.activeDeadlineSeconds).toBe(90);
  });

  it('WB-2: GIVEN constraints that only choose rules WHEN rendered THEN the other constraints alone select nodes', () => {
    const placementConstraints = [...profile('gpu'), { name: 'zone', value: 'east' }];
    const { pod } = make(sessionJob({ placementConstraints }), { ruleConstraints: [PROFILE] });
    expect(pod.nodeSelector).toEqual({ zone: 'east' });
  });

  it('WB-2: GIVEN one key from user, values and rule WHEN rendered THEN it stands once and the rule wins', () => {
    const placementConstraints = ['a', 'b', 'c'].map((name) => ({ name, value: 'user' }));
    const rules: readonly JobRule[] = [{ constraint: { name: 'a', value: 'user' }, nodeSelector: { c: 'rule' } }];
    const { pod } = make(sessionJob({ placementConstraints }), {
      pod: { nodeSelector: { b: 'values', c: 'values' } },
      rules,
    });
    expect(pod.nodeSelector).toEqual({ a: 'user', b: 'values', c: 'rule' });
  });

  it('WB-2: GIVEN a rule WHEN it names what the launcher reads back THEN the launcher keeps its own', () => {
    const own = {
      user: 'root',
      name: 'other',
      stdin: '',
      service_ports: '[]',
      user_metadata: '{}',
      USER_TAG_0: 'other',
    };
    const rules: readonly JobRule[] = [
      { constraint: gpuRule.constraint, annotations: own, labels: { 'launcher-instance-id': 'other' } },
    ];
    const job = sessionJob({ placementConstraints: profile('gpu') });
    const { podMetadata } = make(job, { rules });
    expect(podMetadata).toEqual(make(job, {}).podMetadata);
    expect(podMetadata.annotations).toMatchObject({ user: 'jdoe', USER_TAG_0: 'rstudio-r-session' });
  });
}

describe('rules, as predicted', () => contract(predictedJob));
describeWithEngine('rules, as rendered', () => contract(renderedJob));
