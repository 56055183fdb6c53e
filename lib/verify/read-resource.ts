import { type Json, objectOr } from '../core/json.ts';
import { type AppliedResource, UnreadablePlanError } from './applied.ts';
import { parseUrn, type Urn } from './urn.ts';

/** A resource with the stack that its URN names. */
export interface StackResource extends AppliedResource {
  readonly stack: Urn['stack'];
}

/** Reads a resource as plans and states write it: apitype.ResourceV3 of pulumi/pulumi 3.248.0. */
export function readResource(value: Json | undefined, place: string): StackResource {
  const { urn, type, custom, inputs } = objectOr(value);
  const parsed = typeof urn === 'string' ? parseUrn(urn) : undefined;
  if (typeof urn !== 'string' || !parsed || typeof type !== 'string') {
    throw new UnreadablePlanError(`${place} is no resource of Pulumi: it has no URN or no type.`);
  }
  return { urn, type, name: parsed.name, stack: parsed.stack, custom: custom === true, inputs: objectOr(inputs) };
}

/** The one stack of the resources; `undefined` where there are none. */
export function stackOf(resources: readonly StackResource[]): string | undefined {
  const stacks = [...new Set(resources.map(({ stack }) => stack))];
  if (stacks.length > 1) throw new UnreadablePlanError(`It holds resources of several stacks: ${stacks.join(', ')}.`);
  return stacks[0];
}
