import type { JsonObject } from '../core/json.ts';
import type { Environment } from '../model/environment.ts';
import type { Platform } from '../model/platform.ts';
import { COOKIE_KEY, LAUNCHER_KEY } from '../model/required-secrets.ts';
import { authentication, type SecretFile } from './authentication.ts';
import { type AvailabilityValues, availabilityValues } from './availability.ts';
import { databaseValues } from './database.ts';
import { type ConfSettings, reposConf, rsessionConf } from './editor-conf.ts';
import { type JobTemplates, type JobTemplateValues, jobTemplates } from './job-template.ts';
import { SERVICE_PORT, WORKBENCH } from './names.ts';
import { PRODUCT_TAG, SESSION_INIT_REPOSITORY } from './product-images.ts';
import { type ServerFiles, serverFiles } from './server-conf.ts';
import { type IngressValues, ingressValues } from './server-ingress.ts';
import {
  type HomeStorageValues,
  homeStorageValues,
  type SharedStorageValues,
  sharedStorageValues,
} from './server-storage.ts';
import { templateValues } from './template-values.ts';

type ExistingSecret = { readonly existingSecret: string };

/** A license by reference, never in the values. */
type LicenseValues =
  | { readonly file: { readonly secret: string; readonly secretKey: string } }
  | { readonly server: string };

/** Values of chart rstudio-workbench 0.22.0 that Atelier decides; the others keep the chart's defaults. */
export interface WorkbenchValues extends AvailabilityValues {
  readonly fullnameOverride: string;
  readonly image: { readonly tag: string; readonly imagePullSecrets: readonly JsonObject[] };
  readonly components: {
    readonly enabled: true;
    readonly sessionInit: { readonly image: { readonly repository: string; readonly tag: string } };
  };
  readonly license: LicenseValues;
  readonly launcherPem: ExistingSecret;
  readonly secureCookieKey: ExistingSecret;
  readonly userCreate: false;
  readonly userPassword: { readonly value: '' };
  readonly rbac: { readonly create: true; readonly clusterRoleCreate: false };
  readonly pod: { readonly env: readonly JsonObject[]; readonly securityContext: JsonObject };
  readonly service: { readonly port: number; readonly annotations: Readonly<Record<string, string>> };
  readonly ingress: IngressValues['ingress'];
  readonly homeStorage: HomeStorageValues;
  readonly sharedStorage: SharedStorageValues;
  readonly prometheus: { readonly enabled: true };
  readonly serviceMonitor: { readonly enabled: true };
  readonly launcher: {
    readonly enabled: true;
    readonly namespace: string;
    readonly useTemplates: true;
    readonly includeDefaultTemplates: false;
    readonly extraTemplates: JobTemplates;
    readonly templateValues: JobTemplateValues;
  };
  readonly config: {
    readonly server: ServerFiles;
    readonly session: { readonly 'rsession.conf': ConfSettings; readonly 'repos.conf': ConfSettings };
    readonly secret: { readonly 'database.conf': ConfSettings };
    readonly existingSecrets: readonly SecretFile[];
    readonly sssd: { readonly enabled: false };
  };
}

function licenseValues({ workbench: { license } }: Environment): LicenseValues {
  switch (license.kind) {
    case 'file':
      return { file: { secret: license.secret.name, secretKey: license.secret.key } };
    case 'server':
      return { server: license.host };
  }
}

/** What the environment says of Workbench, in the chart's words. Two calls, and two renderings, are equal. */
export function workbenchValues(platform: Platform): WorkbenchValues {
  const { environment } = platform;
  const { workbench, registry } = environment;
  const { ingress, serviceAnnotations } = ingressValues(environment);
  const database = databaseValues(environment);
  return {
    ...availabilityValues(platform),
    fullnameOverride: WORKBENCH,
    image: {
      tag: PRODUCT_TAG,
      imagePullSecrets: registry.pullSecret === undefined ? [] : [{ name: registry.pullSecret }],
    },
    components: {
      enabled: true,
      sessionInit: { image: { repository: SESSION_INIT_REPOSITORY, tag: PRODUCT_TAG } },
    },
    license: licenseValues(environment),
    launcherPem: { existingSecret: LAUNCHER_KEY.name },
    secureCookieKey: { existingSecret: COOKIE_KEY.name },
    userCreate: false,
    // The chart's default is a password that everybody knows.
    userPassword: { value: '' },
    rbac: { create: true, clusterRoleCreate: false },
    pod: { env: database.env, securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    service: { port: SERVICE_PORT, annotations: serviceAnnotations },
    ingress,
    homeStorage: homeStorageValues(),
    sharedStorage: sharedStorageValues(environment),
    prometheus: { enabled: true },
    serviceMonitor: { enabled: true },
    launcher: {
      enabled: true,
      namespace: workbench.sessionNamespace,
      useTemplates: true,
      includeDefaultTemplates: false,
      extraTemplates: jobTemplates(),
      templateValues: templateValues(platform),
    },
    config: {
      server: serverFiles(platform),
      session: { 'rsession.conf': rsessionConf(platform), 'repos.conf': reposConf(platform) },
      secret: { 'database.conf': database.conf },
      existingSecrets: authentication(environment).files,
      sssd: { enabled: false },
    },
  };
}
