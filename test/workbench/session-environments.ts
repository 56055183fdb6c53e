import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { eksInput, onPremisesInput } from '../fixtures/environment.ts';

/** Everything that decides about a session, once: sharing of all kinds, taints, priorities, schedulers, protection, lifetimes. */
function varied(): EnvironmentInput {
  const base = onPremisesInput();
  const [small, mig, shared] = base.sessionProfiles;
  const [cpu, a100, t4] = base.nodePools;
  if (!small || !mig || !shared || !cpu || !a100 || !t4) throw new Error('the fixture has three profiles and pools');
  return onPremisesInput({
    packingScheduler: { kind: 'control-plane' },
    nodePools: [
      { ...cpu, taints: [{ key: 'example.org/licensed', effect: 'NoExecute' }] },
      a100,
      { ...t4, sharing: { kind: 'time-slicing', replicas: 2, rename: false } },
    ],
    sessionProfiles: [
      { ...small, priorityClass: 'atelier-low', protected: false, idleTimeout: '30m' },
      { ...mig, gpu: { count: 1, migProfile: '3g.20gb' }, priorityClass: 'atelier-course', maxLifetime: '14d' },
      { ...mig, name: 'mig-small', gpu: { count: 2, migProfile: '1g.5gb' } },
      { ...shared, scheduler: 'packing', idleTimeout: '90m', cpu: { request: '250m', limit: '1500m' } },
    ],
  });
}

/** Two servers behind nginx with PostgreSQL, single sign-on, SCIM, audit, and environment variables for sessions. */
function highlyAvailable(): EnvironmentInput {
  const { workbench } = eksInput();
  return eksInput({
    autoscaler: { kind: 'cluster-autoscaler' },
    startupTaints: [{ key: 'node.cilium.io/agent-not-ready', effect: 'NoExecute' }],
    workbench: {
      ...workbench,
      replicas: 2,
      database: {
        kind: 'postgresql',
        host: 'db.example.org',
        user: 'work bench',
        password: { name: 'workbench-database', key: 'password' },
      },
      authentication: {
        kind: 'openid-connect',
        issuer: 'https://login.example.org',
        clientSecret: { name: 'workbench-oidc', key: 'client' },
      },
      scim: true,
      audit: true,
      env: { HTTPS_PROXY: 'http://proxy.example.org:3128' },
      ingress: { host: 'workbench.example.org', className: 'nginx', tlsSecret: 'workbench-tls' },
    },
  });
}

/** Environments that between them use every kind of setting of Workbench, by name. */
export const SESSION_ENVIRONMENTS: Readonly<Record<string, EnvironmentInput>> = {
  eks: eksInput(),
  'on-premises': onPremisesInput(),
  varied: varied(),
  'highly available': highlyAvailable(),
};
