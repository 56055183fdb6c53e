import type { Provider } from '@pulumi/aws/provider.js';
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi';
import type { Bundle } from '../../bundle/bundle.ts';
import type { LateValueName } from '../../core/late-value.ts';
import { addOns } from './add-ons.ts';
import { ControlPlane } from './control-plane.ts';
import { Database } from './database.ts';
import { EncryptionKey } from './encryption-key.ts';
import { FileSystem } from './file-system.ts';
import { ImageRepository } from './image-repository.ts';
import { InterruptionQueue } from './interruption-queue.ts';
import type { LiveSizes } from './live-sizes.ts';
import { logGroups } from './log-groups.ts';
import { NodeGroup } from './node-group.ts';
import { NodeRole } from './node-role.ts';
import { onlyPlanned, planned } from './planned.ts';
import { plannedNetwork } from './planned-network.ts';
import { PodIdentity } from './pod-identity.ts';

export interface CloudProps {
  /** Its cloud plan is what is made; its environment says in which account and region. */
  readonly bundle: Bundle;
  /** Account and region. */
  readonly provider: Provider;
  /** Node groups that exist. */
  readonly sizes: LiveSizes;
}

/** The late values that a cloud can give, each where the plan makes what it stands for. */
export type CloudValues = Readonly<Partial<Record<LateValueName, Output<string>>>>;

/**
 * Everything that an environment needs of AWS, as its cloud plan says it (CLOUD-1). What is applied to the cluster
 * depends on this component, so that nodes, add-ons and identities are there first.
 */
export class Cloud extends ComponentResource {
  readonly clusterName: Output<string>;
  /** A secret, though it holds none: it says where the API is. */
  readonly kubeconfig: Output<string>;
  readonly lateValues: CloudValues;

  constructor(name: string, { bundle, provider, sizes }: CloudProps, opts?: ComponentResourceOptions) {
    super('atelier:aws:Cloud', name, {}, opts);
    const { environment } = bundle.platform;
    const parent = { parent: this, provider };
    const plan = onlyPlanned(bundle, 'eks-cluster');
    const roles = onlyPlanned(bundle, 'eks-node-role');
    if (!plan || !roles || environment.cluster.kind !== 'eks') {
      throw new Error(
        `The environment "${environment.name}" has no cluster.cloud, so there is nothing to make in AWS.`,
      );
    }
    const keyPlan = onlyPlanned(bundle, 'kms-key');
    const key = keyPlan && new EncryptionKey(name, keyPlan, parent);
    const withKey = (ownKey: boolean): { readonly key?: EncryptionKey } => (ownKey && key ? { key } : {});
    const network = plannedNetwork(name, bundle, parent);
    const { region } = environment.cluster;
    const controlPlane = new ControlPlane(name, { plan, region, network, ...withKey(plan.spec.ownKey) }, parent);
    const clusterName = controlPlane.cluster.name;
    const nodeRole = new NodeRole(name, { plan: roles, clusterName }, parent);
    const early = addOns(name, { bundle, clusterName, beforeNodes: true }, parent);
    const identities = planned(bundle, 'eks-pod-identity').map(
      (identity) => new PodIdentity(name, { plan: identity, clusterName }, parent),
    );
    const nodes = {
      controlPlane,
      nodeRole,
      network,
      version: plan.spec.version,
      serviceCidr: plan.spec.serviceCidr,
      after: early,
      sizes,
    };
    const groups = planned(bundle, 'eks-managed-node-group').map(
      (group) => new NodeGroup(name, { plan: group, ...nodes }, parent),
    );
    addOns(name, { bundle, clusterName, beforeNodes: false }, { ...parent, dependsOn: [...groups, ...identities] });
    for (const queue of planned(bundle, 'interruption-queue')) new InterruptionQueue(name, queue, parent);
    logGroups(bundle, parent);
    for (const repository of planned(bundle, 'ecr-repository')) new ImageRepository(name, repository, parent);

    const stores = { network, nodeGroupId: controlPlane.securityGroupId };
    const files = onlyPlanned(bundle, 'efs-file-system');
    const homes =
      files && new FileSystem(`${name}-homes`, { plan: files, ...stores, ...withKey(files.spec.ownKey) }, parent);
    const tables = onlyPlanned(bundle, 'rds-postgresql');
    const database =
      tables && new Database(`${name}-database`, { plan: tables, ...stores, ...withKey(tables.spec.ownKey) }, parent);

    this.clusterName = clusterName;
    this.kubeconfig = controlPlane.kubeconfig;
    this.lateValues = {
      ...(homes ? { 'homes-file-system-id': homes.fileSystemId } : {}),
      ...(database ? { 'database-host': database.host } : {}),
    };
    this.registerOutputs({ clusterName, kubeconfig: this.kubeconfig });
  }
}
