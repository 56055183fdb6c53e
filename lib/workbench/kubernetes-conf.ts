import type { Platform } from '../model/platform.ts';
import type { ConfSettings } from './editor-conf.ts';
import { wholeHours } from './launcher-units.ts';

/**
 * launcher.kubernetes.conf. The chart adds `kubernetes-namespace` and `use-templating` (from `launcher.namespace` and
 * `launcher.useTemplates`) and would let ours win, so they are not repeated here.
 */
export function kubernetesConf({ environment }: Platform): ConfSettings {
  // The launcher forgets a finished job when Kubernetes does.
  return { 'job-expiry-hours': String(wholeHours(environment.workbench.sessionTtlAfterFinished)) };
}
