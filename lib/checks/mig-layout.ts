import { gpuModel } from '../catalog/gpus.ts';
import { didYouMean } from '../core/suggest.ts';
import { placeMigLayout } from '../model/mig-layout.ts';
import type { Pool } from '../model/pool.ts';
import type { Finding, Rule } from './rule.ts';

function layoutFindings(pool: Pool): readonly Finding[] {
  const { sharing } = pool.spec;
  const model = pool.gpuModel === undefined ? undefined : gpuModel(pool.gpuModel);
  if (sharing.kind !== 'mig' || !model) return [];
  const at = [...pool.at, 'sharing', 'layout'];
  const placed = placeMigLayout(model, sharing.layout);
  switch (placed.kind) {
    case 'placed':
      return [];
    case 'no-mig':
      return [{ at, message: `${model.name} cannot be partitioned.`, hint: 'Use time-slicing, or whole GPUs.' }];
    case 'unknown-profile':
      return [
        {
          at: [...at, placed.profile],
          message: `"${placed.profile}" is no MIG profile of ${model.name}.`,
          hint: didYouMean(placed.profile, placed.known),
        },
      ];
    case 'does-not-fit':
      return [{ at, message: `does not fit one ${model.name}: ${placed.reason}`, hint: 'Ask for fewer instances.' }];
  }
}

export const migLayout: Rule = {
  id: 'GPU002',
  title: 'Every MIG layout exists on the GPU of its pool',
  severity: 'error',
  protectsFrom: 'a MIG manager that leaves the node without any GPU',
  because:
    'mig-parted applies a layout as a whole. A profile that the GPU does not have, or instances that have no place beside each other, make the MIG manager fail and leave the node without devices.',
  source: 'NVIDIA Multi-Instance GPU User Guide, "Supported MIG Profiles"; mig-parted 0.12',
  example: {
    of: 'environment',
    breaks: `nodePools:
  - name: gpu
    sharing: { kind: mig, strategy: mixed, layout: { 3g.20gb: 3 } }`,
    mended: `nodePools:
  - name: gpu
    sharing: { kind: mig, strategy: mixed, layout: { 3g.20gb: 1 } }`,
  },
  check: ({ platform }) => platform.pools.flatMap(layoutFindings),
};
