import type { NodeGroupSpec } from '../../model/cloud-plan.ts';
import type { LiveSize } from './live-sizes.ts';

/** Sizes of a managed node group as EKS is told of them. */
export interface GroupScaling {
  readonly config: { readonly minSize: number; readonly maxSize: number; readonly desiredSize: number };
  /** Paths of inputs that stay what they were when they were last set. */
  readonly ignoreChanges: readonly string[];
}

/**
 * The desired size belongs to whoever scales, from the first node on, so it is left alone. But when the least or the most
 * changes, EKS is told all three (terraform-provider-aws, expandNodegroupScalingConfig), and what the state holds of the
 * desired size is from the day the group was made: the nodes since then would go, with the sessions on them. So then it
 * is told the size of now, as near as the new bounds allow.
 */
export function groupScaling(
  { min, max, desired }: NodeGroupSpec['scaling'],
  live: LiveSize | undefined,
): GroupScaling {
  if (live === undefined || (live.min === min && live.max === max)) {
    return {
      config: { minSize: min, maxSize: max, desiredSize: desired },
      ignoreChanges: ['scalingConfig.desiredSize'],
    };
  }
  const now = Math.min(max, Math.max(min, live.desired));
  return { config: { minSize: min, maxSize: max, desiredSize: now }, ignoreChanges: [] };
}
