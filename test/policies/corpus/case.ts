import type { Manifest } from '../../../lib/bundle/bundle.ts';
import type { JsonObject } from '../../../lib/core/json.ts';

/** One request and what the policies must make of it. */
export interface CorpusCase {
  readonly title: string;
  /** The object as it is made; for an update, as it is before. Before-states pass every policy. */
  readonly object: Manifest;
  /** Left out where the request makes `object`. */
  readonly update?: {
    readonly subresource?: 'ephemeralcontainers' | 'resize';
    /** Strategic merge patch. */
    readonly patch: JsonObject;
  };
  /** User that sends it. Default: the administrator. */
  readonly as?: string;
  /** Whether a LimitRange makes it pass, by filling in what is missing. */
  readonly unlessDefaulted?: true;
  /** The rule that must refuse it; left out where it must pass. */
  readonly refusedBy?: string;
  /** Part of the denial, so that it is refused for the right reason. */
  readonly says?: string;
}

export type PodSpec = JsonObject;

/** Limits that every tenant's container has unless a case is about them. */
export const SMALL: JsonObject = { limits: { cpu: '1', memory: '1Gi' } };

/** What Pod Security level "restricted" demands, which tenants' namespaces enforce. */
const RESTRICTED: JsonObject = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** A container that is fine everywhere, changed by what the case is about. */
export function container(changes: JsonObject = {}): JsonObject {
  const image = 'registry.example.org/app:1';
  return { name: 'main', image, resources: SMALL, securityContext: RESTRICTED, ...changes };
}

/** A container for debugging, which can have no resources. */
export function debugContainer(changes: JsonObject = {}): JsonObject {
  const image = 'registry.example.org/debug:1';
  return { name: 'debug', image, targetContainerName: 'main', securityContext: RESTRICTED, ...changes };
}

/** Limits with devices beside CPU and memory. */
export function devices(counts: Readonly<Record<string, string>>): JsonObject {
  return { limits: { cpu: '1', memory: '1Gi', ...counts } };
}

/** A pod that is fine everywhere, changed by what the case is about. */
export function pod(namespace: string, spec: PodSpec = {}, metadata: JsonObject = {}): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'sample', namespace, ...metadata },
    spec: { containers: [container()], ...spec },
  };
}

/** Cases that one rule refuses. */
export function refused(rule: string, cases: readonly Omit<CorpusCase, 'refusedBy'>[]): readonly CorpusCase[] {
  return cases.map((each) => ({ ...each, refusedBy: rule }));
}
