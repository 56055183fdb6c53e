import * as z from 'zod';
import { nameField } from './field.ts';
import { podDefaultsSchema } from './tenant.ts';

const hncSchema = z
  .strictObject({
    kind: z.literal('hnc'),
    image: z
      .string()
      .default('gcr.io/k8s-staging-multitenancy/hnc-manager:v1.1.0')
      .describe('Image of the manager. The project is archived and the registry is for staging: mirror it, by digest.'),
    excludedNamespaces: z
      .array(nameField)
      .default([])
      .describe(
        'Namespaces of other software on the cluster that HNC leaves alone. Those of Kubernetes and of the platform are known. With self-service HNC takes Pod Security labels off every namespace it looks after and has no tenant in.',
      ),
  })
  .describe('Hierarchical Namespace Controller 1.1.0: quota over subtrees, namespaces on demand.');

const plainSchema = z
  .strictObject({ kind: z.literal('plain') })
  .describe('Namespaces with a quota each; nothing is shared between siblings.');

/** How the tenant tree becomes namespaces. */
export const tenancySchema = z.strictObject({
  backend: z
    .discriminatedUnion('kind', [hncSchema, plainSchema])
    .describe('What makes the namespaces and keeps their limits.'),
  podDefaults: podDefaultsSchema.prefault({}).describe('What a container gets that asks for nothing.'),
  podSecurity: z.enum(['restricted', 'baseline']).default('restricted').describe('Pod Security level of tenants.'),
  egress: z
    .array(
      z.strictObject({
        cidr: z.cidrv4().describe('Block of addresses, for example 10.0.0.0/8.'),
        ports: z.array(z.int().min(1).max(65_535)).default([]).describe('TCP ports. Default: all.'),
      }),
    )
    .default([{ cidr: '0.0.0.0/0', ports: [443] }])
    .describe('Where tenants may connect to outside the cluster.'),
});
export type Tenancy = z.output<typeof tenancySchema>;
