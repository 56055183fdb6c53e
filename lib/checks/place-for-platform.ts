import type { Rule } from './rule.ts';

export const placeForPlatform: Rule = {
  id: 'NODE007',
  title: 'There is a pool for the platform itself: one of role system, or a general one without taints',
  severity: 'error',
  protectsFrom: 'controllers, Workbench and monitoring that stay Pending, because every node repels them',
  because:
    'Controllers and servers of the platform tolerate the taint of system pools and no other. A pod that tolerates no taint of any node stays Pending.',
  source: 'Kubernetes documentation, "Taints and Tolerations"',
  example: {
    of: 'environment',
    breaks: `nodePools:
  - { name: cpu, role: dedicated }`,
    mended: `nodePools:
  - { name: cpu, role: general }`,
  },
  check: ({ platform }) =>
    platform.pools.some(({ spec, taints }) => spec.role === 'system' || taints.length === 0)
      ? []
      : [
          {
            at: ['nodePools'],
            message: 'every pool repels what does not name it.',
            hint: 'Add a pool of role "system".',
          },
        ],
};
