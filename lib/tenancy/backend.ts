import type { Platform } from '../model/platform.ts';
import type { Tenancy } from '../model/tenancy.ts';
import { hncManagesLabels } from '../model/tenant-labels.ts';

/** A way to turn the tenant tree into namespaces, and what it leaves to trust. */
export interface TenancyBackend {
  readonly kind: Tenancy['backend']['kind'];
  readonly title: string;
  /** What the environment says and this backend does not enforce, or not always: whole sentences, the gravest first. */
  readonly unenforced: (platform: Platform) => readonly string[];
}

const hnc: TenancyBackend = {
  kind: 'hnc',
  title: 'Hierarchical Namespace Controller 1.1.0',
  unenforced: (platform) => [
    'While its one manager is away, quotas of subtrees are not added up: each namespace may use the smallest limit above it alone (fail-open).',
    'A server-side dry run does not see the quotas of subtrees, so a preview passes where the real request is refused.',
    'Pods that are created at the same moment are counted together, so all may be refused where one would fit.',
    'The project is archived upstream: nobody fixes it for newer versions of Kubernetes.',
    ...(hncManagesLabels(platform.environment, platform.tenants)
      ? [
          'A namespace made by owners gets its labels, limits, quota and network policies a moment after it exists.',
          'Pod Security labels are taken off namespaces of other software unless these are listed under tenancy.backend.excludedNamespaces.',
        ]
      : []),
  ],
};

const plain: TenancyBackend = {
  kind: 'plain',
  title: 'Plain namespaces',
  unenforced: ({ tenants }) => [
    'Siblings do not share a quota: what one leaves unused no other can use, and the sum over a subtree is only ever the sum of its parts.',
    ...(tenants.some(({ selfService }) => selfService)
      ? ['There is no self-service: owners cannot make namespaces, whatever selfService says.']
      : []),
    ...(tenants.some(({ kind, quota }) => kind === 'folder' && quota)
      ? ["The quota of a folder exists on paper: its children's quotas stand for it."]
      : []),
  ],
};

const BACKENDS: Readonly<Record<Tenancy['backend']['kind'], TenancyBackend>> = { hnc, plain };

/** The backend that an environment chose. */
export function tenancyBackend(platform: Platform): TenancyBackend {
  return BACKENDS[platform.environment.tenancy.backend.kind];
}
