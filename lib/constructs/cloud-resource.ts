import { Construct } from 'constructs';
import type { JsonObject } from '../core/json.ts';

export interface CloudResourceProps {
  /** What it is in the cloud, for example `eks-managed-node-group`. */
  readonly kind: string;
  /** Name, unique within its kind. */
  readonly name: string;
  readonly spec: JsonObject;
}

/** A resource outside Kubernetes, as plain data: part of the Bundle's cloud plan. */
export class CloudResource extends Construct {
  readonly kind: string;
  readonly name: string;
  readonly spec: JsonObject;

  constructor(scope: Construct, id: string, props: CloudResourceProps) {
    super(scope, id);
    this.kind = props.kind;
    this.name = props.name;
    this.spec = props.spec;
  }
}
