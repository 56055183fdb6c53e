import * as z from 'zod';
import type { Cluster } from './cluster.ts';
import { vpcIdField } from './field.ts';
import type { Workbench } from './workbench.ts';

const awsLoadBalancerControllerSchema = z
  .strictObject({
    kind: z.literal('aws-load-balancer-controller'),
    replicas: z.int().min(1).default(2).describe('Replicas of the controller; one leads, all answer its webhooks.'),
    vpcId: vpcIdField
      .optional()
      .describe('VPC of the cluster. Default: that of `cluster.cloud`; stated where there is none.'),
  })
  .describe('Atelier installs the AWS Load Balancer Controller, which serves the class alb (EKS only).');

const existingControllerSchema = z
  .strictObject({ kind: z.literal('existing') })
  .describe('The cluster has a controller for the class of `workbench.ingress`; somebody else looks after it.');

/** Who turns Ingresses into something that answers. */
export const ingressControllerSchema = z.discriminatedUnion('kind', [
  awsLoadBalancerControllerSchema,
  existingControllerSchema,
]);
export type IngressController = z.output<typeof ingressControllerSchema>;
export type AwsLoadBalancerController = Extract<IngressController, { kind: 'aws-load-balancer-controller' }>;

/** What of an environment decides who serves its Ingresses. */
interface IngressPlace {
  readonly cluster: Cluster;
  readonly workbench: Pick<Workbench, 'ingress'>;
  readonly ingressController?: IngressController | undefined;
}

/**
 * The ingress controller of an environment: the one it states, or the AWS Load Balancer Controller where Atelier makes
 * the cluster and the class is `alb`. `undefined` where nobody said anything.
 */
export function ingressControllerOf(place: IngressPlace): IngressController | undefined {
  const { cluster, ingressController, workbench } = place;
  if (ingressController !== undefined) return ingressController;
  const madeWithAlb = cluster.kind === 'eks' && cluster.cloud !== undefined && workbench.ingress.className === 'alb';
  return madeWithAlb ? awsLoadBalancerControllerSchema.parse({ kind: 'aws-load-balancer-controller' }) : undefined;
}

/** Ingress classes that a controller of the environment serves. */
export function servedIngressClasses(place: IngressPlace): readonly string[] {
  switch (ingressControllerOf(place)?.kind) {
    case 'aws-load-balancer-controller':
      return ['alb'];
    case 'existing':
      return [place.workbench.ingress.className];
    case undefined:
      return [];
  }
}
