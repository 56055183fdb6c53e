import type { Environment } from '../model/environment.ts';
import type { GitOps } from '../model/git-ops.ts';

const NAMES: Readonly<Record<GitOps['tool'], string>> = { 'argo-cd': 'Argo CD', flux: 'Flux' };

/** A sentence for whoever applies by Pulumi what is delivered from Git as well; `undefined` for everybody else. */
export function gitOpsAdvice({ name, gitOps }: Pick<Environment, 'name' | 'gitOps'>): string | undefined {
  if (gitOps === undefined) return undefined;
  const tool = NAMES[gitOps.tool];
  return (
    `${name} says that ${tool} delivers it from Git, and this applies the same objects. On one cluster only one of the two ` +
    `may: take "gitOps" out of the environment, or apply nothing by Pulumi once ${tool} does.`
  );
}
