import { Construct } from 'constructs';
import { GeneratedFile } from '../constructs/generated-file.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { toYaml } from '../core/yaml.ts';
import type { Platform } from '../model/platform.ts';
import { controlPlaneSchedulerConfiguration } from './scheduler-configuration.ts';

const EXPLANATION = `# Configuration of this cluster's own kube-scheduler: its default profile as it was, and one that packs.
# On every machine of the control plane made by kubeadm: copy this file to /etc/kubernetes/kube-scheduler.yaml, mount it
# into the static pod (/etc/kubernetes/manifests/kube-scheduler.yaml, hostPath of type File) and add the flag
# --config=/etc/kubernetes/kube-scheduler.yaml. Until then, sessions of profiles with "scheduler: packing" stay Pending.
`;

/** Where the scheduler of the cluster can be configured, its configuration instead of a second one (NODE-6). */
export class SchedulerFile extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    if (platform.environment.packingScheduler.kind !== 'control-plane') return;
    declareOrigin(this, ['packingScheduler']);
    const configuration = toYaml(controlPlaneSchedulerConfiguration(platform.deviceResources));
    new GeneratedFile(this, 'configuration', {
      path: 'scheduler/kube-scheduler.yaml',
      content: EXPLANATION + configuration,
    });
  }
}
