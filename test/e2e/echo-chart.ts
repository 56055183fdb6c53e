import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, BundleRelease, Manifest } from '../../lib/bundle/bundle.ts';
import { moduleCrds } from '../../lib/cluster/module-crds.ts';
import { silent } from './local-cluster.ts';

/** Which groups of kinds the chart of that name defines. */
const DEFINES: Readonly<Record<string, readonly string[]>> = {
  'karpenter-crd': ['karpenter.sh', 'karpenter.k8s.aws'],
  kyverno: ['policies.kyverno.io'],
  'kube-prometheus-stack': ['monitoring.coreos.com'],
};

/** Says by a ConfigMap what the chart was told, and has something that runs. */
const ECHO = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-echo
data:
  values.json: {{ toJson .Values | quote }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-echo
spec:
  replicas: 0
  selector:
    matchLabels: { app: echo }
  template:
    metadata:
      labels: { app: echo }
    spec:
      containers:
        - name: echo
          image: example.org/echo:{{ .Chart.Version }}
`;

/** A hook of Helm: a Job that no node runs, which fails after its deadline, or never. */
export function hookOf(event: 'pre-install' | 'post-install' | 'pre-upgrade', deadlineSeconds?: number): string {
  const deadline = deadlineSeconds === undefined ? '' : `  activeDeadlineSeconds: ${deadlineSeconds}\n`;
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-hook
  annotations: { helm.sh/hook: ${event}, helm.sh/hook-delete-policy: before-hook-creation }
spec:
${deadline}  template:
    spec:
      restartPolicy: Never
      containers:
        - name: hook
          image: example.org/hook:1
`;
}

/** Kinds that objects of a Bundle are of and that nothing but a chart defines, as `group/Kind`. */
function kindsOf({ objects }: Bundle, groups: readonly string[]): ReadonlySet<string> {
  const key = ({ apiVersion, kind }: Manifest): string => `${apiVersion.split('/')[0]}/${kind}`;
  return new Set(
    objects.map(({ manifest }) => key(manifest)).filter((each) => groups.includes(each.split('/')[0] ?? '')),
  );
}

/**
 * Writes a chart in place of a release's own, under its name and version, with the definitions that objects of the Bundle
 * need of it. It takes any values and tells them; `template` is rendered beside that.
 */
export async function writeEchoChart(
  folder: string,
  bundle: Bundle,
  { chart: { name, version } }: BundleRelease,
  template?: string,
): Promise<void> {
  const definitions = await moduleCrds(kindsOf(bundle, DEFINES[name] ?? []), silent);
  const chart = join(folder, `${name}-${version}`);
  rmSync(chart, { recursive: true, force: true });
  for (const below of ['templates', 'crds']) mkdirSync(join(chart, below), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: ${version}\n`);
  writeFileSync(join(chart, 'templates', 'echo.yaml'), ECHO);
  if (template !== undefined) writeFileSync(join(chart, 'templates', 'own.yaml'), template);
  for (const crd of definitions) writeFileSync(join(chart, 'crds', `${crd.name}.yaml`), crd.text);
}

/** Writes charts for all releases of a Bundle. */
export async function writeEchoCharts(folder: string, bundle: Bundle): Promise<void> {
  for (const release of bundle.releases) await writeEchoChart(folder, bundle, release);
}
