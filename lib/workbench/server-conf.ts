import type { Platform } from '../model/platform.ts';
import { authentication } from './authentication.ts';
import { type ConfSettings, jupyterConf, killHoursConf, rstudioProfilesConf } from './editor-conf.ts';
import { kubernetesConf } from './kubernetes-conf.ts';
import { callbackAddress } from './names.ts';
import { profilesConf } from './profiles-conf.ts';
import { resourcesConf } from './resources-conf.ts';
import { servesTls } from './server-ingress.ts';

/** Files of `config.server` by name: settings that the chart merges with its own, or a text that it takes as it is. */
export type ServerFiles = Readonly<Record<string, ConfSettings | string>>;

const flag = (on: boolean): string => (on ? '1' : '0');

/** rserver.conf. Workbench does not start on a key it does not know, so there is none here that could be left out. */
function rserverConf({ environment }: Platform): ConfSettings {
  const { adminGroup, audit } = environment.workbench;
  return {
    'admin-enabled': '1',
    'admin-group': adminGroup,
    'audited-jobs': flag(audit),
    'launcher-sessions-callback-address': callbackAddress(environment),
    'metrics-enabled': '1',
    'auth-cookies-force-secure': flag(servesTls(environment)),
    ...authentication(environment).settings,
  };
}

/** Every file of the server that the environment decides. The others keep the chart's content. */
export function serverFiles(platform: Platform): ServerFiles {
  const { timeouts } = platform.environment.workbench;
  return {
    'rserver.conf': rserverConf(platform),
    'launcher.kubernetes.conf': kubernetesConf(platform),
    'launcher.kubernetes.resources.conf': resourcesConf(platform),
    'launcher.kubernetes.profiles.conf': profilesConf(platform),
    profiles: rstudioProfilesConf(platform),
    'jupyter.conf': jupyterConf(platform),
    'vscode.conf': killHoursConf(timeouts.vscode),
    'positron.conf': killHoursConf(timeouts.positron),
  };
}
