import type { EnvironmentInput } from '../../../lib/model/environment.ts';
import { eksInput } from '../../fixtures/environment.ts';

/** The environment the corpus is about: two tenants with and without GPUs, a course, a reservation, warm capacity, exceptions. */
export function corpusInput(): EnvironmentInput {
  const base = eksInput();
  return {
    ...base,
    sessionProfiles: base.sessionProfiles.map((profile) =>
      profile.name === 'gpu' ? { ...profile, priorityClass: 'atelier-course', warmCapacity: { sessions: 1 } } : profile,
    ),
    reservations: [{ name: 'lecture', course: 'gpu', gpus: 1, days: ['mon'], from: '09:00', to: '11:00' }],
    tenants: [
      {
        name: 'research',
        kind: 'folder',
        quota: { cpu: 256, memory: '1Ti', pods: 100, gpus: 4 },
        children: [
          { name: 'vision', quota: { cpu: 64, memory: '256Gi', pods: 50, gpus: 2 } },
          { name: 'tabular', quota: { cpu: 64, memory: '256Gi', pods: 50 } },
          { name: 'teaching', tier: 'course', quota: { cpu: 64, memory: '256Gi', pods: 20 } },
        ],
      },
    ],
    spark: {
      image: 'registry.example.org/spark:4.0.1',
      namespaces: ['vision'],
      driver: { pool: 'cpu', cpu: 1, memory: '4Gi' },
      executors: {
        pool: 'gpu',
        cpu: 3,
        memory: '10Gi',
        gpu: { count: 1 },
        max: 2,
        priorityClass: 'atelier-batch',
      },
    },
    policies: {
      ceiling: { cpu: '16', memory: '64Gi' },
      contact: 'ml-platform@example.org',
      exceptions: [
        {
          name: 'big-training',
          policy: 'pod-ceiling',
          namespace: 'tabular',
          serviceAccount: 'trainer',
          reason: 'models that fit no other way',
          expires: '2199-12-31',
        },
        {
          name: 'last-year',
          policy: 'pod-ceiling',
          namespace: 'vision',
          reason: 'a paper that was due then',
          expires: '2020-12-31',
        },
        { name: 'open-day', policy: 'gpu-access', namespace: 'teaching', serviceAccount: 'demo', reason: 'shows' },
        {
          name: 'urgent',
          policy: 'allowed-priorities',
          namespace: 'vision',
          serviceAccount: 'urgent',
          reason: 'on call',
        },
      ],
    },
  };
}
