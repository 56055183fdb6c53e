import type { Bundle, BundleFile } from '../bundle/bundle.ts';
import { gitOpsFolder } from '../model/git-ops.ts';
import { argoCdFiles } from './argo-cd.ts';
import { fluxFiles } from './flux.ts';

/** The objects by which Argo CD or Flux delivers `dist/<environment>`, where the environment names one of them. */
export function gitOpsFiles(bundle: Bundle): readonly BundleFile[] {
  const { gitOps } = bundle.platform.environment;
  if (!gitOps) return [];
  const path = gitOpsFolder(bundle.environment, gitOps);
  switch (gitOps.tool) {
    case 'argo-cd':
      return argoCdFiles(bundle, gitOps, path);
    case 'flux':
      return fluxFiles(bundle, gitOps, path);
  }
}
