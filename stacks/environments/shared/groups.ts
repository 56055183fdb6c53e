import { group } from 'atelier';

/** Directory groups, from least to most: a group is offered what the groups it includes are offered. */
export const groups = [
  group({ name: 'data-science', description: 'Everybody who works with data.' }),
  group({ name: 'course-ml', description: 'Students of the machine learning course.' }),
  group({ name: 'gpu-users', description: 'Interactive work on a GPU.', includes: ['data-science'] }),
  group({ name: 'gpu-training', description: 'Training on whole machines.', includes: ['gpu-users'] }),
];
