/** The one AWS account all EKS environments live in, and what follows from it. */
export const region = 'eu-central-1';
export const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
export const accountId = '111122223333';

/** Images we build, for every environment on AWS. */
export const registry = { kind: 'ecr', host: `${accountId}.dkr.ecr.${region}.amazonaws.com` } as const;

/** The EBS driver takes this taint off when it is ready; without it the first pods of a node may fail to mount. */
export const startupTaints = [{ key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' as const }];

/** EBS for what one pod writes, EFS for what many share. */
export function storage(fileSystemId: string) {
  return {
    classes: [
      { kind: 'ebs' as const, name: 'gp3', default: true },
      { kind: 'efs' as const, name: 'efs', fileSystemId },
    ],
    block: 'gp3',
    shared: 'efs',
    homes: { volume: { kind: 'efs' as const, fileSystemId } },
  };
}
