import { join } from 'node:path';
import { packageRoot } from '../core/asset.ts';

/** A pinned module that is compiled with a few lines changed, where a program has no flag for what a laptop needs. */
export interface EditedModule {
  /** `sigs.k8s.io/hierarchical-namespaces` */
  readonly module: string;
  readonly edits: readonly {
    /** Path in the module. */
    readonly file: string;
    /** Text that is there once. */
    readonly from: string;
    readonly to: string;
  }[];
}

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
  /** Default: none. */
  readonly edited?: EditedModule;
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

/** Reads workflows of GitHub Actions as GitHub does: tests hold ci-templates against it. */
export const ACTIONLINT: GoTool = {
  name: 'actionlint',
  sources: ['go.mod', 'go.sum'],
  flags: [...REPRODUCIBLE, '-ldflags', STRIPPED],
  binaries: { actionlint: 'github.com/rhysd/actionlint/cmd/actionlint' },
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

/** Where the manager of HNC looks for its certificate, below the folder that it is started in. */
export const HNC_CERTIFICATE_FOLDER = 'hnc-certificate';

/**
 * The manager of HNC. Its webhooks listen on all addresses and its certificate is in one fixed folder of /tmp, and it
 * has no flags for either.
 */
export const HNC: GoTool = {
  name: 'hnc',
  sources: ['go.mod', 'go.sum'],
  flags: [...REPRODUCIBLE, '-ldflags', STRIPPED],
  binaries: { 'hnc-manager': 'sigs.k8s.io/hierarchical-namespaces/cmd/manager' },
  edited: {
    module: 'sigs.k8s.io/hierarchical-namespaces',
    edits: [
      {
        file: 'cmd/manager/main.go',
        from: 'webhookServerPort,\n\t})',
        to: `webhookServerPort,\n\t\tHost: "127.0.0.1", CertDir: "${HNC_CERTIFICATE_FOLDER}",\n\t})`,
      },
      {
        file: 'internal/setup/webhooks.go',
        from: '"/tmp/k8s-webhook-server/serving-certs"',
        to: `"${HNC_CERTIFICATE_FOLDER}"`,
      },
    ],
  },
  firstBuildSeconds: 70,
};

/** Kyverno's admission controller; its other controllers report, generate and clean up. */
export const KYVERNO: GoTool = {
  name: 'kyverno',
  sources: ['go.mod', 'go.sum'],
  flags: [...REPRODUCIBLE, '-ldflags', STRIPPED],
  binaries: { kyverno: 'github.com/kyverno/kyverno/cmd/kyverno' },
  firstBuildSeconds: 300,
};

/** Prometheus without its own pages and without the service discovery of clouds, which is half of it. */
export const PROMETHEUS: GoTool = {
  name: 'prometheus',
  sources: ['go.mod', 'go.sum'],
  flags: [...REPRODUCIBLE, '-tags', 'remove_all_sd,enable_kubernetes_sd', '-ldflags', STRIPPED],
  binaries: {
    prometheus: 'github.com/prometheus/prometheus/cmd/prometheus',
    promtool: 'github.com/prometheus/prometheus/cmd/promtool',
  },
  firstBuildSeconds: 140,
};

export const KWOK: GoTool = {
  name: 'kwok',
  sources: ['go.mod', 'go.sum'],
  flags: [...REPRODUCIBLE, '-ldflags', STRIPPED],
  binaries: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
  firstBuildSeconds: 60,
};

/**
 * Karpenter with instances that exist as data. A launch has one launch template for each number of pods that instance
 * types take, and upstream's stand-in for EC2 only looks at the first of them, whichever that is; EC2 looks at all.
 */
export const KARPENTER: GoTool = {
  name: 'karpenter',
  sources: ['go.mod', 'go.sum', 'main.go'],
  flags: [...REPRODUCIBLE, '-ldflags', STRIPPED],
  binaries: { karpenter: '.' },
  edited: {
    module: 'github.com/aws/karpenter-provider-aws',
    edits: [
      {
        file: 'kwok/ec2/ec2.go',
        from: 'ltConfig := input.LaunchTemplateConfigs[0]',
        to: `lowest := func(config ec2types.FleetLaunchTemplateConfigRequest) float64 {
			return lo.Min(lo.Map(config.Overrides, func(o ec2types.FleetLaunchTemplateOverridesRequest, _ int) float64 {
				capacityType := string(input.TargetCapacitySpecification.DefaultTargetCapacityType)
				return c.strategy.GetScore(string(o.InstanceType), capacityType, lo.FromPtr(o.AvailabilityZone))
			}))
		}
		ltConfig := lo.MinBy(input.LaunchTemplateConfigs, func(a, b ec2types.FleetLaunchTemplateConfigRequest) bool {
			return lowest(a) < lowest(b)
		})`,
      },
    ],
  },
  firstBuildSeconds: 210,
};

const PULUMI_VERSION = '3.232.0';

/** The Pulumi CLI with its engine, for tests of `pulumi up` (test/pulumi-engine). */
export const PULUMI: GoTool = {
  name: 'pulumi',
  sources: ['go.mod', 'go.sum'],
  flags: [
    ...REPRODUCIBLE,
    '-tags',
    'osusergo,grpcnotrace',
    '-ldflags',
    `${STRIPPED} -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI_VERSION}`,
  ],
  binaries: { pulumi: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi' },
  firstBuildSeconds: 90,
};

/** Where a tool's module lies. */
export function moduleFolder(name: string): string {
  return join(packageRoot, 'tools', name);
}
