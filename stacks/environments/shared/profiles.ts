import { sessionProfile } from 'atelier';

/** Sizes without a GPU, the same wherever there is a pool `cpu`. */
export const small = sessionProfile({
  name: 'small',
  title: 'Small: 1 CPU, 4 GB',
  pool: 'cpu',
  cpu: { request: '500m', limit: 1 },
  memory: { request: '2G', limit: '4G' },
  images: ['base'],
  offeredTo: 'everyone',
});

export const medium = sessionProfile({
  name: 'medium',
  title: 'Medium: 4 CPU, 16 GB',
  pool: 'cpu',
  cpu: { request: 2, limit: 4 },
  memory: { request: '12G', limit: '16G' },
  images: ['base'],
  offeredTo: { groups: ['data-science'] },
});

export const large = sessionProfile({
  name: 'large',
  title: 'Large: 8 CPU, 48 GB',
  pool: 'cpu',
  cpu: { request: 6, limit: 8 },
  memory: { request: '40G', limit: '48G' },
  images: ['base'],
  offeredTo: { groups: ['data-science'] },
});

/** Jobs that survive losing their node, wherever there is a pool `batch-spot`. */
export const batch = sessionProfile({
  name: 'batch',
  title: 'Batch: 8 CPU, 24 GB, may be interrupted',
  pool: 'batch-spot',
  cpu: { request: 8 },
  memory: { request: '24G' },
  images: ['base'],
  offeredTo: { groups: ['data-science'] },
  priorityClass: 'atelier-batch',
  protected: false,
  interruptible: true,
});
