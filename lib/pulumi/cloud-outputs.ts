import type { Output } from '@pulumi/pulumi/output.js';
import type { ComponentResource } from '@pulumi/pulumi/resource.js';
import type { LateValueName } from '../core/late-value.ts';

/** Outputs behind the late values of a Bundle. */
export type LateOutputs = Readonly<Partial<Record<LateValueName, Output<string>>>>;

/** What the Kubernetes half needs of a cloud that makes the cluster. */
export interface CloudOutputs extends ComponentResource {
  /** Content of a kubeconfig whose user may do everything. */
  readonly kubeconfig: Output<string>;
  readonly lateValues: LateOutputs;
}
