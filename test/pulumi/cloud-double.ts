import { ComponentResource, CustomResource } from '@pulumi/pulumi';
import type { CloudOutputs } from '../../lib/pulumi/cloud-outputs.ts';

class NodeGroup extends CustomResource {}

/** A cloud of one node group. */
export class CloudDouble extends ComponentResource implements CloudOutputs {
  readonly kubeconfig: CloudOutputs['kubeconfig'];
  readonly lateValues: CloudOutputs['lateValues'];

  constructor(name: string, outputs: Pick<CloudOutputs, 'kubeconfig' | 'lateValues'>) {
    super('test:index:Cloud', name);
    this.kubeconfig = outputs.kubeconfig;
    this.lateValues = outputs.lateValues;
    new NodeGroup('test:index:NodeGroup', 'node-group', {}, { parent: this });
    this.registerOutputs({});
  }
}
