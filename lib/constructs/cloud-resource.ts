import { Construct } from 'constructs';
import type { CloudKind, CloudPlan } from '../model/cloud-plan.ts';

export interface CloudResourceProps<Kind extends CloudKind> {
  /** What it is in the cloud, for example `eks-managed-node-group`. */
  readonly kind: Kind;
  /** Name, unique within its kind. */
  readonly name: string;
  readonly spec: CloudPlan[Kind];
}

/** A resource outside Kubernetes, as plain data: part of the Bundle's cloud plan. */
export class CloudResource<Kind extends CloudKind = CloudKind> extends Construct {
  readonly kind: Kind;
  readonly name: string;
  readonly spec: CloudPlan[Kind];

  constructor(scope: Construct, id: string, props: CloudResourceProps<Kind>) {
    super(scope, id);
    this.kind = props.kind;
    this.name = props.name;
    this.spec = props.spec;
  }
}
