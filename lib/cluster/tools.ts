import { join } from 'node:path';
import { packageRoot } from '../core/asset.ts';

/** A Go program that Atelier builds once and keeps outside the checkout. */
export interface GoTool {
  /** Folder below `tools/`, which holds its go.mod and go.sum. */
  readonly name: string;
  /** Files of the folder that decide what is built; a change of any of them builds anew. */
  readonly sources: readonly string[];
  /** Arguments of `go build` besides `-o`. */
  readonly flags: readonly string[];
  /** Packages to build, each with the name of its binary. */
  readonly binaries: Readonly<Record<string, string>>;
  /** Seconds of a first build with downloads, on two cores; what is said before there is a measurement. */
  readonly firstBuildSeconds: number;
}

const KUBERNETES_VERSION = '1.36.3';
const REPRODUCIBLE = ['-trimpath', '-buildvcs=false'];
/** Without debugging data: a third smaller and quicker to link. */
const STRIPPED = '-s -w';

/** Unstamped binaries call themselves v0.0.0-master, which clients and charts refuse. */
const KUBERNETES_STAMP = Object.entries({
  gitVersion: `v${KUBERNETES_VERSION}`,
  gitMajor: '1',
  gitMinor: '36',
  gitTreeState: 'clean',
})
  .map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)
  .join(' ');

/** The renderer of job templates, with the launcher's own engine. */
export const JOB_TEMPLATE: GoTool = {
  name: 'job-template',
  sources: ['go.mod', 'go.sum', 'main.go'],
  flags: REPRODUCIBLE,
  binaries: { 'job-template': '.' },
  firstBuildSeconds: 15,
};

export const ETCD: GoTool = {
  name: 'etcd',
  sources: ['go.mod', 'go.sum'],
  flags: [...REPRODUCIBLE, '-ldflags', STRIPPED],
  binaries: { etcd: 'go.etcd.io/etcd/server/v3' },
  firstBuildSeconds: 45,
};

export const KUBERNETES: GoTool = {
  name: 'kubernetes',
  sources: ['go.mod', 'go.sum'],
  flags: [...REPRODUCIBLE, '-ldflags', `${STRIPPED} ${KUBERNETES_STAMP}`],
  binaries: {
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
  },
  firstBuildSeconds: 240,
};

export const KWOK: GoTool = {
  name: 'kwok',
  sources: ['go.mod', 'go.sum'],
  flags: [...REPRODUCIBLE, '-ldflags', STRIPPED],
  binaries: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
  firstBuildSeconds: 60,
};

/** Where a tool's module lies. */
export function moduleFolder(name: string): string {
  return join(packageRoot, 'tools', name);
}
