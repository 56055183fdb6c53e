import { CLUSTER, CLUSTER_PARTS } from './cluster.ts';
import type { Counterpart, Part } from './counterpart.ts';
import { IDENTITIES, IDENTITY_PARTS } from './identities.ts';
import { NETWORK } from './network.ts';
import { STORE_PARTS, STORES } from './stores.ts';

/** Types of Pulumi to what they are in CloudFormation. */
export const COUNTERPARTS: Readonly<Record<string, Counterpart>> = { ...NETWORK, ...CLUSTER, ...IDENTITIES, ...STORES };

/** Types of Pulumi that are properties of others there. */
export const PARTS: Readonly<Record<string, Part>> = { ...CLUSTER_PARTS, ...IDENTITY_PARTS, ...STORE_PARTS };
