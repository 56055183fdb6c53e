import type { PlacedProblem } from '../../core/path.ts';
import type { Environment } from '../environment.ts';

/** An AWS Load Balancer Controller outside of EKS, or that is not told where it is, or told twice (REF008). */
export function ingressProblems({ cluster, ingressController }: Environment): readonly PlacedProblem[] {
  if (ingressController?.kind !== 'aws-load-balancer-controller') return [];
  const problem = (key: 'kind' | 'vpcId', message: string, hint: string): readonly PlacedProblem[] => [
    { code: 'REF008', at: ['ingressController', key], message, hint },
  ];
  if (cluster.kind !== 'eks') {
    return problem('kind', `"${ingressController.kind}" needs a cluster of kind eks.`, 'Use kind "existing".');
  }
  const { vpcId } = ingressController;
  if (cluster.cloud === undefined && vpcId === undefined) {
    return problem(
      'vpcId',
      'is not stated, and without cluster.cloud nobody else says in which VPC the cluster is.',
      'State it; pods cannot ask the metadata service of their node.',
    );
  }
  if (cluster.cloud !== undefined && vpcId !== undefined) {
    return problem('vpcId', `"${vpcId}" is said twice: cluster.cloud.network decides it.`, 'Leave it out here.');
  }
  return [];
}
