import * as z from 'zod';
import { bytesField, cpuField, nameField } from './field.ts';

/** Policies that exceptions may name. */
const POLICY_NAMES = ['allowed-priorities', 'exposed-services', 'gpu-access', 'pod-ceiling'] as const;

const policyExceptionSchema = z.strictObject({
  name: nameField.describe('Name of the exception.'),
  policy: z.enum(POLICY_NAMES).describe('Policy it is an exception to.'),
  namespace: nameField.describe('Namespace it holds in.'),
  serviceAccount: nameField.optional().describe('Only for pods of this ServiceAccount. Default: all of the namespace.'),
  reason: z.string().min(1).describe('Why; stands on the policy too.'),
  expires: z.iso
    .date()
    .optional()
    .describe('Last day it holds (UTC), for example 2027-03-31. Pods made by then keep it.'),
});
export type PolicyExceptionChoice = z.output<typeof policyExceptionSchema>;

/** Admission policies: Kyverno, and the same rules inside the API server for when Kyverno is down. */
export const policiesSchema = z.strictObject({
  replicas: z.int().min(1).default(3).describe("Replicas of Kyverno's admission controller."),
  ceiling: z
    .strictObject({
      cpu: cpuField.describe('CPU limit of one pod.'),
      memory: bytesField.describe('Memory limit of one pod.'),
    })
    .prefault({ cpu: '16', memory: '64Gi' })
    .describe(
      'The most one pod of a tenant may use, as Kubernetes counts it: containers and sidecars together, or the largest init container.',
    ),
  contact: z.string().default('your platform team').describe('Who denial messages send people to.'),
  exceptions: z
    .array(policyExceptionSchema)
    .default([])
    .describe('Who need not keep which policy; stands on the policy too.'),
  exceptionsNamespace: nameField.default('policy-exceptions').describe('The one namespace whose exceptions count.'),
});
export type Policies = z.output<typeof policiesSchema>;
