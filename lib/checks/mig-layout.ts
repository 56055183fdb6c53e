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
  check: ({ platform }) => platform.pools.flatMap(layoutFindings),
};
