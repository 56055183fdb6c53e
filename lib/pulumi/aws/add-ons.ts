import { Addon } from '@pulumi/aws/eks/addon.js';
import type { CustomResourceOptions, Input } from '@pulumi/pulumi';
import { type CloudBundle, planned } from './planned.ts';

export interface AddOnsProps {
  readonly bundle: CloudBundle;
  readonly clusterName: Input<string>;
  /** Those that nodes need, or those that need nodes. */
  readonly beforeNodes: boolean;
}

/** Add-ons that EKS installs. What somebody changed in them by hand is put back: the plan says how they are set up. */
export function addOns(name: string, props: AddOnsProps, opts: CustomResourceOptions): readonly Addon[] {
  return planned(props.bundle, 'eks-add-on')
    .filter(({ spec }) => spec.beforeNodes === props.beforeNodes)
    .map(({ name: addonName, spec }) => {
      const { version, configuration } = spec;
      return new Addon(
        `${name}-${addonName}`,
        {
          clusterName: props.clusterName,
          addonName,
          ...(version === undefined ? {} : { addonVersion: version }),
          ...(Object.keys(configuration).length === 0 ? {} : { configurationValues: JSON.stringify(configuration) }),
          resolveConflictsOnCreate: 'OVERWRITE',
          resolveConflictsOnUpdate: 'OVERWRITE',
        },
        opts,
      );
    });
}
