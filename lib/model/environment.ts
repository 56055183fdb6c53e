import * as z from 'zod';
import { autoscalerSchema } from './autoscaler.ts';
import { checksSchema } from './checks.ts';
import { clusterSchema } from './cluster.ts';
import { directoryGroupSchema } from './directory-group.ts';
import { bytesField, cpuField, nameField } from './field.ts';
import { gitOpsSchema } from './git-ops.ts';
import { ingressControllerSchema } from './ingress-controller.ts';
import { monitoringSchema } from './monitoring.ts';
import { nodePoolSchema } from './node-pool.ts';
import { packingSchedulerSchema } from './packing-scheduler.ts';
import { policiesSchema } from './policy.ts';
import { DEFAULT_LADDER, priorityStepSchema } from './priority-ladder.ts';
import { reservationSchema } from './reservation.ts';
import { sessionImageSchema } from './session-image.ts';
import { sessionProfileSchema } from './session-profile.ts';
import { sparkSchema } from './spark.ts';
import { storageSchema } from './storage.ts';
import { taintSchema } from './taint.ts';
import { tenancySchema } from './tenancy.ts';
import { tenantSchema } from './tenant.ts';
import { workbenchSchema } from './workbench.ts';

const registrySchema = z.strictObject({
  kind: z
    .enum(['ecr', 'other'])
    .describe('ecr: nodes may pull by their role. other: a pull secret where it needs one.'),
  host: z
    .string()
    .regex(/^[\w.:/-]+$/, 'is no registry')
    .describe('Host (and path prefix) of the images we build.'),
  pullSecret: nameField.optional().describe('Secret of kind dockerconfigjson in every namespace that pulls.'),
});

const gpuSoftwareSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('gpu-operator'),
        driver: z.enum(['node-image', 'operator']).describe('Who brings the kernel driver and the container toolkit.'),
      })
      .describe('NVIDIA GPU operator: device plugin, feature discovery, MIG manager, exporter.'),
    z
      .strictObject({ kind: z.literal('device-plugin') })
      .describe('Only the device plugin; the node image has the rest.'),
  ])
  .describe('What makes GPUs visible to Kubernetes.');

const daemonSetSchema = z.strictObject({
  name: nameField.describe('Name of the DaemonSet.'),
  cpu: cpuField.prefault(0).describe('CPU that one of its pods sets aside.'),
  memory: bytesField.prefault('0Mi').describe('Memory that one of its pods sets aside.'),
  pools: z.array(z.string()).optional().describe('Pools it runs on. Default: all.'),
});

/** One environment: everything Atelier needs to know to compose the platform. */
export const environmentSchema = z
  .strictObject({
    $schema: z.string().optional().describe('The JSON Schema of this file, for editors of JSON.'),
    version: z.literal(1).describe('Version of this format.'),
    name: nameField.describe('Name of the environment; the folder below dist/.'),
    description: z.string().optional().describe('What the environment is for.'),
    kubernetesVersion: z
      .string()
      .regex(/^1\.\d+$/, 'is no Kubernetes version such as "1.36"')
      .default('1.36')
      .describe('Minor version of Kubernetes, in quotes.'),
    cluster: clusterSchema.describe('Where the platform runs.'),
    autoscaler: autoscalerSchema.describe('Who adds and removes nodes.'),
    ingressController: ingressControllerSchema
      .optional()
      .describe(
        'Who serves the Ingresses of Workbench and Grafana. Default: the AWS Load Balancer Controller where `cluster.cloud` ' +
          'makes the cluster and their class is alb; else nobody, and `check` warns.',
      ),
    registry: registrySchema.describe('Where the images we build are.'),
    startupTaints: z
      .array(taintSchema)
      .default([])
      .describe('Taints that agents take off a new node when it is ready, for example node.cilium.io/agent-not-ready.'),
    statusTaints: z
      .array(taintSchema.omit({ value: true }))
      .default([])
      .describe('Taints, of any value, that mark a node as not to be used for now. Node termination is known already.'),
    daemonSets: z
      .array(daemonSetSchema)
      .default([])
      .describe('DaemonSets of your own that take room on nodes. Those of the platform and of EKS are known already.'),
    gpuSoftware: gpuSoftwareSchema,
    storage: storageSchema.describe('Storage classes, and the volumes of users and servers.'),
    nodePools: z.array(nodePoolSchema).min(1).describe('Kinds of nodes, and who they are for.'),
    packingScheduler: packingSchedulerSchema.prefault({ kind: 'none' }),
    images: z.array(sessionImageSchema).min(1).describe('Session images.'),
    groups: z.array(directoryGroupSchema).default([]).describe('Directory groups, from least to most.'),
    sessionProfiles: z.array(sessionProfileSchema).min(1).describe('In the order the UI shows them.'),
    workbench: workbenchSchema.describe('Posit Workbench: servers, sessions, access.'),
    spark: sparkSchema.optional(),
    priorities: z
      .array(priorityStepSchema)
      .min(1)
      .prefault([...DEFAULT_LADDER])
      .describe('Ladder, lowest first.'),
    tenancy: tenancySchema.describe('How tenants become namespaces.'),
    tenants: z.array(tenantSchema).default([]).describe('Forest of tenants, or {file: "tenants/prod.yaml"}.'),
    policies: policiesSchema.prefault({}).describe('Admission policies.'),
    reservations: z.array(reservationSchema).default([]).describe('GPUs kept free for courses at given times.'),
    monitoring: monitoringSchema.prefault({}).describe('Metrics, dashboards and logs.'),
    checks: checksSchema.prefault({}).describe('Findings of `atelier check` that are accepted, with their reasons.'),
    gitOps: gitOpsSchema.optional().describe('Write objects for Argo CD or Flux beside the manifests.'),
  })
  .describe('An Atelier environment.');

/** A validated environment, defaults filled in, quantities as numbers (millicores, bytes, seconds). */
export type Environment = z.output<typeof environmentSchema>;

/** A list written in the environment, or in a YAML file beside it. */
export type FileReference = { readonly file: string };

/** What a person writes. */
export type EnvironmentInput = Omit<z.input<typeof environmentSchema>, 'tenants'> & {
  readonly tenants?: z.input<typeof environmentSchema>['tenants'] | FileReference;
};
