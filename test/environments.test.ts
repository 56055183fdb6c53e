import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Bundle } from '../lib/bundle/bundle.ts';
import { PHASES } from '../lib/bundle/phase.ts';
import type { JsonObject } from '../lib/core/json.ts';
import { unknownValuePaths } from '../lib/helm/values-paths.ts';
import { listEnvironments } from '../lib/loader/find.ts';
import { loadEnvironment } from '../lib/loader/load.ts';
import { jobTemplates } from '../lib/workbench/job-template.ts';
import { launcherJobOf } from '../lib/workbench/launcher-job-of.ts';
import { predictJob } from '../lib/workbench/predict-job.ts';
import { templateValues } from '../lib/workbench/template-values.ts';
import { synthesize } from '../stacks/synth.ts';
import { dataTemplate, describeWithEngine, renderTemplates } from './job-template-engine.ts';

const bundles = new Map<string, Bundle>();
beforeAll(async () => {
  for (const { name } of listEnvironments()) {
    const synthesis = synthesize((await loadEnvironment(name)).input);
    if (synthesis.kind !== 'accepted') throw new Error(`${name} is ${synthesis.kind}`);
    bundles.set(name, synthesis.bundle);
  }
});

const bundleOf = (name: string): Bundle => {
  const bundle = bundles.get(name);
  if (!bundle) throw new Error(`No bundle of ${name}.`);
  return bundle;
};

describe.each(listEnvironments())('environment $name', ({ name }) => {
  test('every path of every Helm value exists in its chart', () => {
    for (const release of bundleOf(name).releases) {
      expect(unknownValuePaths(release.chart.name, release.values), release.name).toEqual([]);
    }
  });

  test('every object knows its construct, and its file and line where the environment has one for it', () => {
    for (const { origin, manifest } of bundleOf(name).objects) {
      const subject = `${manifest.kind} ${manifest.metadata.name}`;
      expect(origin.construct, subject).toMatch(/^\d\d-/);
      expect(origin.source?.file, subject).toMatch(
        /^stacks\/environments\/(?:shared\/|tenants\/)?[\w-]+\.(?:ts|yaml)$/,
      );
      expect(origin.source?.line, subject).toBeGreaterThan(0);
    }
  });

  test('no two objects have one identity, and phases are known', () => {
    const seen = new Set<string>();
    for (const { manifest, phase } of bundleOf(name).objects) {
      const identity = `${manifest.apiVersion} ${manifest.kind} ${manifest.metadata.namespace ?? ''} ${manifest.metadata.name}`;
      expect(seen.has(identity), identity).toBe(false);
      seen.add(identity);
      expect(PHASES).toContain(phase);
    }
  });

  test('no namespace is used that nothing makes', () => {
    const { objects, releases } = bundleOf(name);
    const made = new Set(
      objects.filter(({ manifest }) => manifest.kind === 'Namespace').map(({ manifest }) => manifest.metadata.name),
    );
    made.add('kube-system');
    for (const { manifest } of objects) {
      if (manifest.metadata.namespace !== undefined) expect(made).toContain(manifest.metadata.namespace);
    }
    for (const release of releases) expect(made).toContain(release.namespace);
  });
});

describeWithEngine('WB-2: for every profile of every environment, the rendered Job is the predicted one', () => {
  test.each(listEnvironments())('$name', ({ name }) => {
    const { platform } = bundleOf(name);
    const values = templateValues(platform);
    const jobs = platform.profiles.map((profile) => launcherJobOf(profile));
    const rendered = renderTemplates({
      templates: { ...jobTemplates(), ...dataTemplate(values) },
      render: jobs.map((Job) => ({ template: 'job.tpl', data: { Job } })),
    });
    expect(rendered).toHaveLength(platform.profiles.length);
    rendered.forEach((result, index) => {
      const job = jobs[index];
      if ('error' in result || !job) throw new Error(JSON.stringify(result));
      expect(parse(result.output, { uniqueKeys: true }) as JsonObject).toEqual(predictJob(job, values));
    });
  });
});
