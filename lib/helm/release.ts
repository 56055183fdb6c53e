import { Construct } from 'constructs';
import type { ChartReference } from '../catalog/charts.ts';
import type { JsonObject } from '../core/json.ts';

export interface HelmReleaseProps {
  /** Name of the release. */
  readonly name: string;
  readonly chart: ChartReference;
  readonly namespace: string;
  /** Values, as the chart reads them; every path exists in the chart (test/environments.test.ts). */
  readonly values: JsonObject;
}

/** A Helm release as data. Nothing is rendered here: Pulumi, Argo CD, Flux or a person with helm installs it. */
export class HelmRelease extends Construct {
  readonly props: HelmReleaseProps;

  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    super(scope, id);
    this.props = props;
  }
}
