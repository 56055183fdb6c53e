import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ANNOTATIONS } from '../../lib/catalog/annotations.ts';
import { LABELS } from '../../lib/catalog/labels.ts';
import type { Platform } from '../../lib/model/platform.ts';
import type { Profile } from '../../lib/model/profile.ts';
import { jobTemplates } from '../../lib/workbench/job-template.ts';
import type { LauncherJob } from '../../lib/workbench/launcher-job.ts';
import { launcherJobOf } from '../../lib/workbench/launcher-job-of.ts';
import { predictJob } from '../../lib/workbench/predict-job.ts';
import { predictService } from '../../lib/workbench/predict-service.ts';
import { templateValues } from '../../lib/workbench/template-values.ts';
import { platformOf } from '../fixtures/environment.ts';
import { dataTemplate, describeWithEngine, renderTemplates } from '../job-template-engine.ts';
import { SESSION_ENVIRONMENTS } from './session-environments.ts';

interface Job {
  readonly spec: {
    readonly activeDeadlineSeconds?: number;
    readonly ttlSecondsAfterFinished?: number;
    readonly template: {
      readonly metadata: {
        readonly labels: Readonly<Record<string, string>>;
        readonly annotations: Readonly<Record<string, string>>;
      };
      readonly spec: {
        readonly serviceAccountName: string;
        readonly securityContext: object;
        readonly nodeSelector?: Readonly<Record<string, string>>;
        readonly tolerations?: readonly object[];
        readonly priorityClassName?: string;
        readonly schedulerName?: string;
        readonly imagePullSecrets?: readonly object[];
        readonly containers: readonly [
          {
            readonly resources: {
              readonly requests: Readonly<Record<string, unknown>>;
              readonly limits: Readonly<Record<string, unknown>>;
            };
            readonly env: readonly object[];
          },
        ];
      };
    };
  };
}

const predict = (platform: Platform, job: LauncherJob): Job =>
  predictJob(job, templateValues(platform)) as unknown as Job;

const PLATFORMS = Object.entries(SESSION_ENVIRONMENTS).map(([name, input]) => [name, platformOf(input)] as const);
const CASES = PLATFORMS.flatMap(([environment, platform]) =>
  platform.profiles.map((profile) => [`${profile.name} of ${environment}`, platform, profile] as const),
);

function platformNamed(name: string): Platform {
  const input = SESSION_ENVIRONMENTS[name];
  if (!input) throw new Error(`no environment ${name}`);
  return platformOf(input);
}

function profileNamed(platform: Platform, name: string): Profile {
  const profile = platform.profiles.find((each) => each.name === name);
  if (!profile) throw new Error(`no profile ${name}`);
  return profile;
}

describe('a session of a profile', () => {
  it.each(CASES)(
    'WB-2: GIVEN profile %s WHEN it is started THEN its pod has the facts of the profile and its pool',
    (_, platform, profile) => {
      const { template, activeDeadlineSeconds, ttlSecondsAfterFinished } = predict(
        platform,
        launcherJobOf(profile),
      ).spec;
      const pool = platform.pools.find(({ name }) => name === profile.pool);
      const [container] = template.spec.containers;

      const selector = Object.fromEntries(profile.selectors.map(({ name, value }) => [name, value]));
      expect(template.spec.nodeSelector).toEqual(selector);
      expect(template.spec.tolerations ?? []).toEqual(pool?.tolerations);
      expect(template.spec.priorityClassName).toBe(profile.priorityClass);
      expect(template.spec.schedulerName).toBe(profile.spec.scheduler === 'packing' ? 'atelier-packing' : undefined);
      expect(template.metadata.labels).toEqual({ [LABELS.sessionProfile]: profile.name, [LABELS.workload]: 'session' });

      const { requests, limits } = container.resources;
      const devices = Object.entries(limits).filter(([name]) => name.includes('nvidia.com'));
      expect(devices).toEqual(profile.gpu ? [[profile.gpu.resource, profile.gpu.count]] : []);
      expect(requests).toEqual({ cpu: String(profile.cpu.request / 1000), memory: `${profile.memoryMB.request}M` });
      expect(limits).toMatchObject({ cpu: String(profile.cpu.limit / 1000), memory: `${profile.memoryMB.limit}M` });

      const { annotations } = template.metadata;
      const guarded = profile.spec.protected && pool?.elastic;
      expect(annotations[ANNOTATIONS.karpenterDoNotDisrupt]).toBe(guarded ? 'true' : undefined);
      expect(annotations[ANNOTATIONS.autoscalerSafeToEvict]).toBe(guarded ? 'false' : undefined);
      expect(activeDeadlineSeconds).toBe(profile.spec.maxLifetime);
      expect(ttlSecondsAfterFinished).toBe(86_400);
      expect(annotations).not.toHaveProperty('stdin');
      expect(template.spec.securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
      expect(template.spec.serviceAccountName).toBe('workbench-session');
    },
  );

  it('WB-2: GIVEN MIG devices and shared GPUs WHEN sessions start THEN each asks for the name its pool advertises', () => {
    const gpus = (name: string): readonly string[] => {
      const platform = platformNamed(name);
      return platform.profiles.map((profile) =>
        Object.keys(predict(platform, launcherJobOf(profile)).spec.template.spec.containers[0].resources.limits)
          .filter((resource) => resource.startsWith('nvidia.com'))
          .join(),
      );
    };
    expect(gpus('on-premises')).toEqual(['', 'nvidia.com/mig-1g.5gb', 'nvidia.com/gpu.shared']);
    expect(gpus('varied')).toEqual(['', 'nvidia.com/mig-3g.20gb', 'nvidia.com/mig-1g.5gb', 'nvidia.com/gpu']);
  });

  it('WB-2: GIVEN a job that takes the constraints of a GPU profile WHEN it asks for no GPU THEN no toleration lets it in', () => {
    const platform = platformNamed('eks');
    const job = launcherJobOf(profileNamed(platform, 'gpu'));
    const without = { ...job, resourceLimits: job.resourceLimits?.filter(({ type }) => type !== 'NVIDIA GPUs') };
    expect(predict(platform, without as LauncherJob).spec.template.spec.tolerations).toBeUndefined();
    expect(predict(platform, job).spec.template.spec.tolerations).toHaveLength(2);
  });

  it('WB-2: GIVEN a job that takes no constraint WHEN it asks for a GPU THEN it is let in nowhere', () => {
    const platform = platformNamed('eks');
    const job = { ...launcherJobOf(profileNamed(platform, 'gpu')), placementConstraints: [] };
    const { spec, metadata } = predict(platform, job).spec.template;
    expect(spec.tolerations).toBeUndefined();
    expect(spec.nodeSelector).toBeUndefined();
    expect(metadata.labels).toEqual({ [LABELS.workload]: 'session' });
  });

  it('WB-5: GIVEN lifetimes WHEN sessions start THEN Kubernetes ends each at its own, whatever the editor', () => {
    const platform = platformNamed('varied');
    const lives = platform.profiles.map(
      (profile) => predict(platform, launcherJobOf(profile)).spec.activeDeadlineSeconds,
    );
    expect(lives).toEqual([undefined, 14 * 86_400, 12 * 3600, 12 * 3600]);
  });

  it('WB-2: GIVEN a pull secret and an environment WHEN sessions start THEN they have both', () => {
    const onPremises = platformNamed('on-premises');
    const pull = predict(onPremises, launcherJobOf(profileNamed(onPremises, 't4'))).spec.template.spec;
    expect(pull.imagePullSecrets).toEqual([{ name: 'registry' }]);
    const available = platformNamed('highly available');
    const [container] = predict(available, launcherJobOf(profileNamed(available, 'gpu'))).spec.template.spec.containers;
    expect(container.env).toContainEqual({ name: 'HTTPS_PROXY', value: 'http://proxy.example.org:3128' });
  });
});

describeWithEngine('sessions of profiles, rendered', () => {
  it('WB-2: GIVEN every profile of every environment WHEN the Go engine renders its job THEN it is the predicted one', () => {
    const cases = CASES.map(([name, platform, profile]) => ({
      name,
      job: launcherJobOf(profile, { instanceId: 'abc', user: 'amy@example.org' }),
      values: templateValues(platform),
    }));
    const rendered = renderTemplates({
      templates: { ...jobTemplates() },
      render: cases.flatMap(({ job, values }) => [
        { template: 'job.tpl', data: { Job: job }, templates: dataTemplate(values) },
        { template: 'service.tpl', data: { Job: job }, templates: dataTemplate(values) },
      ]),
    });
    const predicted = cases.flatMap(({ job, values }) => [predictJob(job, values), predictService(job, values)]);
    expect(predicted.length).toBe(rendered.length);
    for (const [index, expected] of predicted.entries()) {
      const result = rendered[index] ?? { error: 'not rendered' };
      if ('error' in result) throw new Error(`${cases[Math.floor(index / 2)]?.name}: ${result.error}`);
      expect(parse(result.output, { uniqueKeys: true })).toEqual(expected);
    }
  });
});
