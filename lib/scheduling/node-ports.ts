import { type Filter, resolvable, SKIP } from './filter.ts';
import { portsConflict } from './host-ports.ts';

const TAKEN = resolvable({ code: 'host-ports' });

/** No two pods of a node have the same port of it (NodePorts). */
export const nodePorts: Filter = ({ hostPorts: wanted }) => {
  if (wanted.length === 0) return SKIP;
  return {
    kind: 'check',
    check: ({ pods }) => {
      const taken = pods.some(({ hostPorts }) =>
        hostPorts.some((used) => wanted.some((port) => portsConflict(port, used))),
      );
      return taken ? TAKEN : undefined;
    },
  };
};
