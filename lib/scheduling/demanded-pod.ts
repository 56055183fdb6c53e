import { formatMillicpu } from '../core/quantity.ts';
import type { PodDemand } from '../model/pod-demand.ts';
import type { Pod } from './pod.ts';

/** The pod of a demand, as far as the scheduler asks. */
export function demandedPod({ millicpu, memoryBytes, gpu, selectors, tolerations, priorityClass }: PodDemand): Pod {
  return {
    metadata: { name: 'pod' },
    spec: {
      nodeSelector: Object.fromEntries(selectors.map(({ name, value }) => [name, value])),
      tolerations,
      ...(priorityClass === '' ? {} : { priorityClassName: priorityClass }),
      containers: [
        {
          name: 'main',
          resources: {
            requests: { cpu: formatMillicpu(millicpu), memory: memoryBytes },
            limits: gpu ? { [gpu.resource]: gpu.count } : {},
          },
        },
      ],
    },
  };
}
