import type { Pool } from '../../model/pool.ts';
import type { Consequence, ConsequenceRule } from '../consequence.ts';
import { sessionsOn } from '../sessions.ts';
import { list } from '../words.ts';

/** Devices of one node that are no longer what they were: `nvidia.com/gpu 4 instead of 1`. */
function changedDevices(before: Pool, after: Pool): readonly string[] {
  return after.nodes.flatMap((node) => {
    const old = before.nodes.find(({ type }) => type === node.type);
    if (!old) return [];
    const names = [...new Set([...Object.keys(old.devices), ...Object.keys(node.devices)])].sort();
    return names
      .filter((name) => old.devices[name] !== node.devices[name])
      .map((name) => `${name} ${node.devices[name] ?? 0} instead of ${old.devices[name] ?? 0}`);
  });
}

export const gpuDevices: ConsequenceRule = {
  id: 'gpu-devices',
  title: 'GPUs that are divided in another way',
  upstream: 'NVIDIA mig-parted 0.9.1 pkg/mig/reconfigure; k8s-device-plugin sharing configuration',
  foresee: ({ before, after }) => {
    if (!before.platform || !after.platform) return [];
    const earlier = new Map(before.platform.pools.map((pool) => [pool.name, pool]));
    return after.platform.pools.flatMap((pool): readonly Omit<Consequence, 'rule'>[] => {
      const old = earlier.get(pool.name);
      const changed = old ? [...new Set(changedDevices(old, pool))] : [];
      if (!old || changed.length === 0) return [];
      const { protectedOnes, unprotected } = sessionsOn(before, pool.name);
      const sessions = list([...protectedOnes, ...unprotected]) || 'nobody';
      const mig = old.spec.sharing.kind === 'mig' || pool.spec.sharing.kind === 'mig';
      const how = mig
        ? `GPUs can only be divided anew while no session uses them: drain each node first, or the MIG manager fails and leaves it as it was (sessions here: ${sessions}).`
        : `The device plugin restarts with the new number; sessions that run (${sessions}) keep their share, and may find more beside them.`;
      return [
        {
          risk: mig ? 'disruptive' : 'care',
          about: `pool ${pool.name}`,
          message: `a node offers ${list(changed, 5)}. ${how}`,
          causes: [],
          at: pool.at,
        },
      ];
    });
  },
};
