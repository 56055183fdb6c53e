import * as z from 'zod';
import { bytesField, cpuField, nameField } from './field.ts';

const subjectName = z
  .string()
  .min(1)
  .regex(/^[^\s]+$/, 'may not contain spaces');

const peopleSchema = z
  .strictObject({
    groups: z.array(subjectName).default([]).describe('Groups, as the API server knows them.'),
    users: z.array(subjectName).default([]).describe('Users, as the API server knows them.'),
  })
  .prefault({});

/** Limit on all pods of a subtree together. What is left out is not limited, except GPUs: those are 0. */
const tenantQuotaSchema = z.strictObject({
  cpu: cpuField.optional().describe('Sum of CPU requests.'),
  memory: bytesField.optional().describe('Sum of memory requests.'),
  storage: bytesField.optional().describe('Sum of storage requests.'),
  pods: z.int().min(0).optional().describe('Pods that are not finished.'),
  gpus: z
    .union([z.int().min(0), z.record(z.string(), z.int().min(0))])
    .default(0)
    .describe('Whole GPUs (nvidia.com/gpu), or a number per device: {"gpu": 2, "mig-1g.5gb": 4, "gpu.shared": 1}.'),
});
export type TenantQuota = z.output<typeof tenantQuotaSchema>;

const sizeSchema = z.strictObject({
  cpu: cpuField.describe('CPU of one container.'),
  memory: bytesField.describe('Memory of one container.'),
});

/** What a container gets that asks for nothing. */
export const podDefaultsSchema = z.strictObject({
  request: sizeSchema.prefault({ cpu: '250m', memory: '512Mi' }).describe('What the scheduler sets aside for it.'),
  limit: sizeSchema.prefault({ cpu: '1', memory: '1Gi' }).describe('The most it may use.'),
});
export type PodDefaults = z.output<typeof podDefaultsSchema>;

/** One node of the tenant tree. A folder holds policy and children; a workspace is a namespace people work in. */
export interface Tenant {
  readonly name: string;
  readonly title?: string | undefined;
  readonly kind: 'folder' | 'workspace';
  readonly tier: 'tenant' | 'course';
  readonly owners: { readonly groups: readonly string[]; readonly users: readonly string[] };
  readonly members: { readonly groups: readonly string[]; readonly users: readonly string[] };
  readonly quota?: TenantQuota | undefined;
  readonly podDefaults?: PodDefaults | undefined;
  readonly selfService: boolean;
  readonly children: readonly Tenant[];
}

export interface TenantInput {
  readonly name: string;
  readonly title?: string | undefined;
  readonly kind?: 'folder' | 'workspace' | undefined;
  readonly tier?: 'tenant' | 'course' | undefined;
  readonly owners?: z.input<typeof peopleSchema> | undefined;
  readonly members?: z.input<typeof peopleSchema> | undefined;
  readonly quota?: z.input<typeof tenantQuotaSchema> | undefined;
  readonly podDefaults?: z.input<typeof podDefaultsSchema> | undefined;
  readonly selfService?: boolean | undefined;
  readonly children?: readonly TenantInput[] | undefined;
}

export const tenantSchema: z.ZodType<Tenant, TenantInput> = z.lazy(() =>
  z.strictObject({
    name: nameField.describe('Name of the namespace.'),
    title: z.string().optional().describe('Name for people.'),
    kind: z
      .enum(['folder', 'workspace'])
      .default('workspace')
      .describe('folder: holds policy and children, no workloads. workspace: people work in it.'),
    tier: z.enum(['tenant', 'course']).default('tenant').describe('Which policies and priority classes hold.'),
    owners: peopleSchema.describe('May invite members; never change their own quota.'),
    members: peopleSchema.describe('May run workloads.'),
    quota: tenantQuotaSchema.optional().describe('Limit on the namespace and everything below it.'),
    podDefaults: podDefaultsSchema.optional().describe("Default: the nearest ancestor's, else that of tenancy."),
    selfService: z.boolean().default(false).describe('Owners may make namespaces below this one.'),
    children: z.array(tenantSchema).default([]).describe('Tenants below this one.'),
  }),
);
