import { formatMillicpu } from '../core/quantity.ts';
import type { Profile } from '../model/profile.ts';
import type { Pod } from './pod.ts';

/** The pod that a session of the profile becomes, as far as the scheduler asks. */
export function sessionPod(profile: Profile): Pod {
  const { cpu, memoryMB, gpu, selectors, tolerations, priorityClass } = profile;
  const devices = gpu ? { [gpu.resource]: gpu.count } : {};
  return {
    metadata: { name: profile.name },
    spec: {
      nodeSelector: Object.fromEntries(selectors.map(({ name, value }) => [name, value])),
      tolerations,
      ...(priorityClass === '' ? {} : { priorityClassName: priorityClass }),
      containers: [
        {
          name: 'session',
          resources: {
            requests: { cpu: formatMillicpu(cpu.request), memory: `${memoryMB.request}M` },
            limits: devices,
          },
        },
      ],
    },
  };
}
