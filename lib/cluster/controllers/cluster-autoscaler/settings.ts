import type { Bundle } from '../../../bundle/bundle.ts';
import { CHARTS } from '../../../catalog/charts.ts';
import { type Json, type JsonObject, objectOr } from '../../../core/json.ts';
import { groupsOf } from '../../joined-node.ts';
import { nodeTemplate } from './node-templates.ts';

/** Names the program, which cannot be built from Go modules: no module proxy has all of its parts. */
export const BINARY_VARIABLE = 'ATELIER_CLUSTER_AUTOSCALER';

/** What cluster-autoscaler has to know of an environment. */
export interface ClusterAutoscalerSettings {
  readonly binary: string;
  readonly namespace: string;
  /** Flags of the chart's values. */
  readonly flags: readonly string[];
  readonly templates: readonly JsonObject[];
}

/** The flags that the chart would give it: one per key of `extraArgs`, and `customArgs` as they stand. */
export function flagsOf(values: JsonObject): readonly string[] {
  const extra = Object.entries(objectOr(values.extraArgs)).map(([flag, value]) => `--${flag}=${value}`);
  const custom = (values.customArgs ?? []) as readonly Json[];
  return [...extra, ...custom.map(String)];
}

/** The settings where a binary is named and the environment's nodes are those of groups; undefined otherwise. */
export function clusterAutoscalerSettings(bundle: Bundle): ClusterAutoscalerSettings | undefined {
  const binary = process.env[BINARY_VARIABLE];
  const release = bundle.releases.find(({ chart }) => chart.name === CHARTS.clusterAutoscaler.name);
  if (!binary || release === undefined) return undefined;
  const templates = groupsOf(bundle).map((group) => {
    const pool = bundle.platform.pools.find(({ name }) => name === group.spec.pool);
    return nodeTemplate(group, pool?.nodes[0]?.architecture ?? 'amd64');
  });
  return { binary, namespace: release.namespace, flags: flagsOf(release.values), templates };
}
