import { Tag } from '@pulumi/aws/autoscaling/tag.js';
import { NodeGroup as AwsNodeGroup } from '@pulumi/aws/eks/nodeGroup.js';
import { getParameterOutput } from '@pulumi/aws/ssm/getParameter.js';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import type { ControlPlane } from './control-plane.ts';
import { groupScaling } from './group-scaling.ts';
import { launchTemplate } from './launch-template.ts';
import type { LiveSizes } from './live-sizes.ts';
import type { Network } from './network.ts';
import type { NodeRole } from './node-role.ts';
import type { Planned } from './planned.ts';

export interface NodeGroupProps {
  readonly plan: Planned<'eks-managed-node-group'>;
  readonly controlPlane: ControlPlane;
  readonly nodeRole: NodeRole;
  readonly network: Network;
  /** Kubernetes version of the nodes. */
  readonly version: string;
  readonly serviceCidr: string;
  /** What nodes need to become ready. */
  readonly after: readonly Resource[];
  /** Node groups that exist. */
  readonly sizes: LiveSizes;
}

/** A managed node group with its launch template and, where cluster-autoscaler resizes it, the tags that it plans by. */
export class NodeGroup extends ComponentResource {
  constructor(name: string, props: NodeGroupProps, opts?: ComponentResourceOptions) {
    const { plan, controlPlane, nodeRole, network, sizes } = props;
    const { spec } = plan;
    const id = `${name}-${plan.name}`;
    super('atelier:aws:NodeGroup', id, {}, opts);
    const parent = { parent: this };
    const template = launchTemplate(id, props, parent);
    const { amiId, amiType, releaseParameter } = spec.image;
    const release =
      releaseParameter === undefined
        ? {}
        : { releaseVersion: getParameterOutput({ name: releaseParameter }, parent).value };
    const scaling = groupScaling(spec.scaling, sizes.get(plan.name));
    const group = new AwsNodeGroup(
      id,
      {
        clusterName: controlPlane.cluster.name,
        nodeGroupName: plan.name,
        nodeRoleArn: nodeRole.arn,
        subnetIds: spec.zones.map((zone) => {
          const subnet = network.privateSubnets[zone];
          if (!subnet)
            throw new Error(`Node group "${plan.name}" wants the zone "${zone}", which has no private subnet.`);
          return subnet;
        }),
        // With an AMI of its own, the launch template says what is booted, and EKS refuses to hear of it twice.
        ...(amiId === undefined ? { amiType, version: props.version, ...release } : {}),
        instanceTypes: [...spec.instanceTypes],
        capacityType: spec.capacityType,
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        scalingConfig: scaling.config,
        labels: spec.labels,
        taints: spec.taints.map((taint) => ({ ...taint })),
        updateConfig: { maxUnavailable: 1 },
        tags: spec.tags,
      },
      {
        parent: this,
        dependsOn: [...nodeRole.complete, ...network.complete, ...props.after],
        ignoreChanges: [...scaling.ignoreChanges],
        // The name is fixed, because cluster-autoscaler's priorities know groups by it; so there cannot be two of them.
        deleteBeforeReplace: true,
      },
    );
    // EKS hands a node group's tags neither to the Auto Scaling group nor to nodes (containers-roadmap #608).
    const autoscalingGroupName = group.resources.apply(([made]) => made?.autoscalingGroups[0]?.name ?? '');
    for (const [key, value] of Object.entries(spec.autoscalingTags ?? {})) {
      new Tag(`${id}-${key}`, { autoscalingGroupName, tag: { key, value, propagateAtLaunch: false } }, parent);
    }
    this.registerOutputs({});
  }
}
