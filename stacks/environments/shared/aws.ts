/** The one AWS account all EKS environments live in, and what follows from it. */
export const region = 'eu-central-1';
export const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
export const accountId = '111122223333';

/** Images we build, for every environment on AWS. Production makes the repositories. */
export const registry = { kind: 'ecr', host: `${accountId}.dkr.ecr.${region}.amazonaws.com` } as const;

/** The EBS driver takes this taint off when it is ready; without it the first pods of a node may fail to mount. */
export const startupTaints = [{ key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' as const }];

/** Who administers clusters: the role of the deployment, and people in an emergency. The VPN of the office reaches the API. */
export const controlPlane = {
  admins: [`arn:aws:iam::${accountId}:role/ds-platform-deploy`, `arn:aws:iam::${accountId}:role/ds-platform-admin`],
  viewers: [`arn:aws:iam::${accountId}:role/ds-platform-support`],
  publicAccess: ['203.0.113.0/24'],
};

/** EBS for what one pod writes, EFS for what many share: the file system that the cloud makes, unless one is named. */
export function storage(fileSystemId?: string) {
  const fileSystem = fileSystemId === undefined ? {} : { fileSystemId };
  return {
    classes: [
      { kind: 'ebs' as const, name: 'gp3', default: true },
      { kind: 'efs' as const, name: 'efs', ...fileSystem },
    ],
    block: 'gp3',
    shared: 'efs',
    homes: { volume: { kind: 'efs' as const, ...fileSystem } },
  };
}
