import type { ComponentResourceOptions } from '@pulumi/pulumi';
import { ExistingVpc } from './existing-vpc.ts';
import type { Network } from './network.ts';
import { type CloudBundle, onlyPlanned } from './planned.ts';
import { Vpc } from './vpc.ts';

/** The network of the plan. */
export function plannedNetwork(name: string, bundle: CloudBundle, opts: ComponentResourceOptions): Network {
  const made = onlyPlanned(bundle, 'vpc');
  if (made) return new Vpc(name, made, opts);
  const existing = onlyPlanned(bundle, 'existing-vpc');
  if (existing) return new ExistingVpc(name, existing, opts);
  throw new Error('The cloud plan has no network: neither "vpc" nor "existing-vpc".');
}
