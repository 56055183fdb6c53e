import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { layoutFiles } from '../../lib/bundle/layout.ts';
import { PHASES } from '../../lib/bundle/phase.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { synthesize } from '../../stacks/synth.ts';
import { eksInput } from '../fixtures/environment.ts';

type Tool = NonNullable<EnvironmentInput['gitOps']>['tool'];

function bundleFor(tool: Tool): Bundle {
  const synthesis = synthesize(eksInput({ gitOps: { tool, repository: 'https://git.example.org/platform.git' } }));
  if (synthesis.kind !== 'accepted') throw new Error(synthesis.kind);
  return synthesis.bundle;
}

interface Application {
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly spec: {
    readonly source?: { readonly path: string };
    readonly sources?: readonly {
      readonly chart?: string;
      readonly helm?: { readonly valueFiles: readonly string[] };
    }[];
    readonly ignoreDifferences?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly jqPathExpressions: readonly string[];
    }[];
    readonly syncPolicy: { readonly syncOptions: readonly string[] };
  };
}

describe('CLOUD-4: dist/<environment> is delivered by Argo CD as it is', () => {
  const bundle = bundleFor('argo-cd');
  const written = new Set(layoutFiles(bundle).map(({ path }) => path));
  const applications = bundle.files
    .filter(({ path }) => path.startsWith('gitops/'))
    .map(({ content }) => parse(content) as Application);

  test('every phase with objects and every release has an Application, and each points at files that are written', () => {
    const phases = PHASES.filter((phase) => bundle.objects.some((object) => object.phase === phase));
    expect(applications.flatMap(({ spec }) => spec.source?.path ?? [])).toEqual(
      phases.map((phase) => `dist/test/${phase}`),
    );
    const values = applications.flatMap(
      ({ spec }) => spec.sources?.flatMap(({ helm }) => helm?.valueFiles ?? []) ?? [],
    );
    expect(values).toHaveLength(bundle.releases.length);
    for (const file of values) expect(written).toContain(file.replace('$values/dist/test/', ''));
  });

  test('phases come in order, and releases after the objects of their phase', () => {
    const wave = (name: string) =>
      Number(
        applications.find(({ metadata }) => metadata.name === name)?.metadata.annotations[
          'argocd.argoproj.io/sync-wave'
        ],
      );
    expect(wave('test-10-foundation')).toBeLessThan(wave('test-kyverno'));
    expect(wave('test-kyverno')).toBeLessThan(wave('test-30-policies'));
    expect(wave('test-60-workloads')).toBeLessThan(wave('test-dcgm-exporter'));
  });

  test('GIVEN a chart that makes certificates when it is rendered THEN what is in the cluster stays', () => {
    const input = eksInput({
      ingressController: { kind: 'aws-load-balancer-controller', vpcId: 'vpc-0a1b2c3d4e5f60718' },
      gitOps: { tool: 'argo-cd', repository: 'https://git.example.org/platform.git' },
    });
    const synthesis = synthesize(input);
    if (synthesis.kind !== 'accepted') throw new Error(synthesis.kind);
    const own = synthesis.bundle.files.find(({ path }) => path.endsWith('test-aws-load-balancer-controller.yaml'));
    const { spec } = parse(own?.content ?? '') as Application;
    const ignored = (kind: string, name: string) =>
      spec.ignoreDifferences?.find((each) => each.kind === kind && each.name === name)?.jqPathExpressions;
    expect(ignored('Secret', 'aws-load-balancer-tls')).toEqual(['.data']);
    for (const kind of ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']) {
      expect(ignored(kind, 'aws-load-balancer-webhook')).toEqual(['.webhooks[].clientConfig.caBundle']);
    }
    expect(spec.syncPolicy.syncOptions).toContain('RespectIgnoreDifferences=true');
    const others = applications.filter(({ spec: other }) => other.syncPolicy.syncOptions.length > 2);
    expect(others).toEqual([]);
  });

  test('phase folders hold nothing but objects', () => {
    for (const path of written) {
      if (/^\d\d-/.test(path)) expect(path).toMatch(/^\d\d-[a-z]+\/[^/]+\/[a-z0-9]+\.[^/]+\.yaml$/);
    }
  });
});

describe('CLOUD-4: dist/<environment> is delivered by Flux as it is', () => {
  const bundle = bundleFor('flux');
  const files = new Map(bundle.files.map(({ path, content }) => [path, content]));
  const entry = parseAllDocuments(files.get('gitops/flux.yaml') ?? '').map(
    (document) =>
      document.toJS() as {
        kind: string;
        metadata: { name: string };
        spec: { path?: string; dependsOn?: { name: string }[]; prune?: boolean };
      },
  );
  const steps = entry.filter(({ kind }) => kind === 'Kustomization');

  test('each step waits for the one before', () => {
    steps.forEach((step, index) => {
      expect(step.spec.dependsOn?.[0]?.name).toBe(steps[index - 1]?.metadata.name);
    });
  });

  test('every step points at a folder that is written', () => {
    const folders = layoutFiles(bundle).map(({ path }) => `./dist/test/${path}`);
    for (const { spec } of steps) expect(folders.some((path) => path.startsWith(`${spec.path}/`))).toBe(true);
  });

  test('what people made is never pruned', () => {
    for (const { metadata, spec } of steps) {
      if (/50-tenants$|10-foundation$|60-workloads$/.test(metadata.name)) expect(spec.prune).toBe(false);
    }
  });

  test('every release is there, with its values', () => {
    for (const { name, phase } of bundle.releases) {
      expect(files.get(`gitops/releases/${phase}/helmrelease.${name}.yaml`)).toContain('values:');
    }
  });
});
