import { formatTaint } from '../model/taint.ts';
import type { StaticPool } from './node-source.ts';

const HEAD = `#!/usr/bin/env bash
# Gives the nodes of each pool the labels and taints of the pool, and takes off those of other pools, so that a node may
# change its pool. Running it again changes nothing. Startup taints are for new nodes only and left alone.
# KUBECTL names another kubectl; DRY_RUN=server only asks the API server.
set -euo pipefail
kubectl=\${KUBECTL:-kubectl}
dry_run=--dry-run=\${DRY_RUN:-none}

# kubectl fails on a taint that is not there, so ask first.
remove_taint() {
  local taints
  taints=$("$kubectl" get node "$1" -o jsonpath='{range .spec.taints[*]}{.key}:{.effect}{"\\n"}{end}')
  if grep -Fxq -- "$2" <<<"$taints"; then "$kubectl" taint node "$1" "$2-" "$dry_run"; fi
}
`;

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

const labelKeys = ({ pool }: StaticPool): readonly string[] => Object.keys(pool.labels);
const taintNames = ({ pool }: StaticPool): readonly string[] =>
  pool.taints.map(({ key, effect }) => `${key}:${effect}`);

/** The words of one pool's lines; names, keys and values hold no character that the shell reads. */
function nodeLines(source: StaticPool, all: readonly StaticPool[]): readonly string[] {
  const { pool, capacity } = source;
  const labels = Object.entries(pool.labels).map(([key, value]) => `${key}=${value}`);
  const foreignLabels = unique(all.flatMap(labelKeys)).filter((key) => !(key in pool.labels));
  const foreignTaints = unique(all.flatMap(taintNames)).filter((name) => !taintNames(source).includes(name));
  const changes = [...labels, ...foreignLabels.map((key) => `${key}-`)];
  const taints = pool.taints.map(formatTaint);
  return [
    '',
    `# ${pool.name}`,
    `for node in ${capacity.nodes.join(' ')}; do`,
    `  "$kubectl" label node "$node" ${changes.join(' ')} --overwrite "$dry_run"`,
    ...foreignTaints.map((name) => `  remove_taint "$node" ${name}`),
    ...(taints.length === 0 ? [] : [`  "$kubectl" taint node "$node" ${taints.join(' ')} --overwrite "$dry_run"`]),
    'done',
  ];
}

/** A shell script that brings nodes which exist in line with their pools. */
export function labelScript(pools: readonly StaticPool[]): string {
  return `${[HEAD.trimEnd(), ...pools.flatMap((source) => nodeLines(source, pools))].join('\n')}\n`;
}
