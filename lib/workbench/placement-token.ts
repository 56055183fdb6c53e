import type { PlacementConstraint } from '../model/pool.ts';

/** Exactly one separator, `:` here, and something on either side (team-operator, workbench_config.go). */
const TOKEN = /^[^:=,\s]+:[^:=,\s]+$/;

/**
 * A placement constraint as the launcher's files write it: `atelier.dev/node-pool:gpu`.
 *
 * @throws Error where name or value holds a separator of those files: the launcher would read another constraint.
 */
export function placementToken({ name, value }: PlacementConstraint): string {
  const token = `${name}:${value}`;
  if (!TOKEN.test(token)) throw new Error(`"${token}" is no placement constraint of the form key:value.`);
  return token;
}
