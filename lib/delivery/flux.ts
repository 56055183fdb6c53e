import type { Bundle, BundleFile, BundleRelease } from '../bundle/bundle.ts';
import { PHASES, type Phase } from '../bundle/phase.ts';
import type { JsonObject } from '../core/json.ts';
import { toDnsLabel } from '../core/names.ts';
import { toYaml } from '../core/yaml.ts';
import type { GitOps } from '../model/git-ops.ts';

const NAMESPACE = 'flux-system';

/** Phases whose objects are not deleted when they leave Git: namespaces and volumes hold what people made. */
const KEPT: readonly Phase[] = ['00-crds', '10-foundation', '50-tenants', '60-workloads'];

const file = (path: string, manifests: readonly JsonObject[]): BundleFile => ({
  path: `gitops/${path}`,
  content: manifests.map(toYaml).join('---\n'),
  origin: { construct: 'gitops', path: 'gitOps' },
});

const repositoryName = (url: string): string => toDnsLabel(url.replace(/^\w+:\/\//, ''));

function helmRepository(url: string): JsonObject {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'HelmRepository',
    metadata: { name: repositoryName(url), namespace: NAMESPACE },
    spec: { interval: '1h', url, ...(url.startsWith('oci://') ? { type: 'oci' } : {}) },
  };
}

function helmRelease(release: BundleRelease): JsonObject {
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: release.name, namespace: NAMESPACE },
    spec: {
      interval: '1h',
      releaseName: release.name,
      targetNamespace: release.namespace,
      storageNamespace: release.namespace,
      chart: {
        spec: {
          chart: release.chart.name,
          version: release.chart.version,
          sourceRef: { kind: 'HelmRepository', name: repositoryName(release.chart.repository) },
        },
      },
      install: { crds: 'CreateReplace', remediation: { retries: 3 } },
      upgrade: { crds: 'CreateReplace' },
      values: release.values,
    },
  };
}

interface Step {
  readonly name: string;
  readonly path: string;
  readonly prune: boolean;
}

function kustomization(environment: string, step: Step, before: Step | undefined): JsonObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: step.name, namespace: NAMESPACE },
    spec: {
      interval: '10m',
      timeout: '10m',
      path: `./${step.path}`,
      prune: step.prune,
      wait: true,
      sourceRef: { kind: 'GitRepository', name: `atelier-${environment}` },
      ...(before ? { dependsOn: [{ name: before.name }] } : {}),
    },
  };
}

/**
 * Flux objects: `gitops/flux.yaml` is applied once and holds the repository and one Kustomization per phase, each waiting
 * for the one before; Helm releases of a phase come after its objects. Fields: fluxcd.io, API reference.
 */
export function fluxFiles(bundle: Bundle, gitOps: GitOps, path: string): readonly BundleFile[] {
  const steps: Step[] = [];
  const files: BundleFile[] = [];
  for (const phase of PHASES) {
    if (bundle.objects.some((object) => object.phase === phase)) {
      const prune = !KEPT.includes(phase);
      steps.push({ name: `${bundle.environment}-${phase}`, path: `${path}/${phase}`, prune });
    }
    const releases = bundle.releases.filter((release) => release.phase === phase);
    if (releases.length === 0) continue;
    const folder = `releases/${phase}`;
    steps.push({ name: `${bundle.environment}-${phase}-releases`, path: `${path}/gitops/${folder}`, prune: false });
    files.push(
      ...releases.map((release) => file(`${folder}/helmrelease.${release.name}.yaml`, [helmRelease(release)])),
    );
  }
  const repository: JsonObject = {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: `atelier-${bundle.environment}`, namespace: NAMESPACE },
    spec: { interval: '5m', url: gitOps.repository, ref: { branch: gitOps.revision } },
  };
  const entry = steps.map((step, index) => kustomization(bundle.environment, step, steps[index - 1]));
  const charts = [...new Set(bundle.releases.map(({ chart }) => chart.repository))].map(helmRepository);
  return [file('flux.yaml', [repository, ...charts, ...entry]), ...files];
}
