import type { Bundle, BundleFile, BundleRelease } from '../bundle/bundle.ts';
import { releasePath } from '../bundle/layout.ts';
import { PHASES, type Phase } from '../bundle/phase.ts';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { RENDERED_CERTIFICATES, type RenderedField } from '../catalog/rendered-certificates.ts';
import type { JsonObject } from '../core/json.ts';
import { toYaml } from '../core/yaml.ts';
import type { GitOps } from '../model/git-ops.ts';

const NAMESPACE = 'argocd';

/** Objects of a phase come before its releases, these before the next phase. */
function wave(phase: Phase, kind: 'objects' | 'release'): string {
  return String(PHASES.indexOf(phase) * 2 + (kind === 'release' ? 1 : 0));
}

/** Argo CD only renders: it is to leave alone what the chart makes anew each time, once it is there. */
function ignored(fields: readonly RenderedField[]): { readonly ignoreDifferences?: JsonObject[] } {
  if (fields.length === 0) return {};
  return { ignoreDifferences: fields.map(({ jq, ...object }) => ({ ...object, jqPathExpressions: [jq] })) };
}

function application(name: string, syncWave: string, spec: JsonObject): JsonObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: NAMESPACE, annotations: { [ANNOTATIONS.argoSyncWave]: syncWave } },
    spec: {
      project: 'default',
      ...spec,
      // Nothing is deleted unasked: a tenant that left the list still has its data.
      syncPolicy: {
        automated: { prune: false, selfHeal: true },
        syncOptions: [
          'ServerSideApply=true',
          'CreateNamespace=false',
          ...(spec.ignoreDifferences === undefined ? [] : ['RespectIgnoreDifferences=true']),
        ],
        retry: { limit: 10, backoff: { duration: '15s', factor: 2, maxDuration: '5m' } },
      },
    },
  };
}

function phaseApplication(bundle: Bundle, gitOps: GitOps, path: string, phase: Phase): BundleFile {
  const name = `${bundle.environment}-${phase}`;
  const manifest = application(name, wave(phase, 'objects'), {
    source: {
      repoURL: gitOps.repository,
      targetRevision: gitOps.revision,
      path: `${path}/${phase}`,
      directory: { recurse: true },
    },
    destination: { server: 'https://kubernetes.default.svc' },
  });
  return gitOpsFile(name, manifest);
}

function releaseApplication(bundle: Bundle, gitOps: GitOps, path: string, release: BundleRelease): BundleFile {
  const name = `${bundle.environment}-${release.name}`;
  const manifest = application(name, wave(release.phase, 'release'), {
    sources: [
      {
        // Argo CD names OCI registries without their scheme.
        repoURL: release.chart.repository.replace(/^oci:\/\//, ''),
        chart: release.chart.name,
        targetRevision: release.chart.version,
        helm: { releaseName: release.name, valueFiles: [`$values/${path}/${releasePath(release)}`] },
      },
      { repoURL: gitOps.repository, targetRevision: gitOps.revision, ref: 'values' },
    ],
    destination: { server: 'https://kubernetes.default.svc', namespace: release.namespace },
    ...ignored(RENDERED_CERTIFICATES[release.chart.name] ?? []),
  });
  return gitOpsFile(name, manifest);
}

function gitOpsFile(name: string, manifest: JsonObject): BundleFile {
  return {
    path: `gitops/application.${name}.yaml`,
    content: toYaml(manifest),
    origin: { construct: 'gitops', path: 'gitOps' },
  };
}

/**
 * One Argo CD Application per phase and per Helm release, ordered by sync waves; a root Application on the folder
 * `gitops` makes them all. Fields: argo-cd docs/operator-manual/application.yaml.
 */
export function argoCdFiles(bundle: Bundle, gitOps: GitOps, path: string): readonly BundleFile[] {
  const phases = PHASES.filter((phase) => bundle.objects.some((object) => object.phase === phase));
  return [
    ...phases.map((phase) => phaseApplication(bundle, gitOps, path, phase)),
    ...bundle.releases.map((release) => releaseApplication(bundle, gitOps, path, release)),
  ];
}
