import { describe, expect, it } from 'vitest';
import { ALB_ANNOTATIONS, NGINX_ANNOTATIONS, TRAEFIK_ANNOTATIONS } from '../../lib/catalog/annotations.ts';
import { CHARTS } from '../../lib/catalog/charts.ts';
import { asJsonObject } from '../../lib/core/json.ts';
import { unknownValuePaths } from '../../lib/helm/values-paths.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { requiredSecrets } from '../../lib/model/required-secrets.ts';
import { HOME_CLAIM } from '../../lib/model/storage.ts';
import { type WorkbenchValues, workbenchValues } from '../../lib/workbench/workbench-values.ts';
import { eksInput, environmentOf, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { readIni } from './ini.ts';
import { SESSION_ENVIRONMENTS } from './session-environments.ts';

type WorkbenchInput = EnvironmentInput['workbench'];

function valuesWith(workbench: Partial<WorkbenchInput>, of: EnvironmentInput = eksInput()): WorkbenchValues {
  return workbenchValues(platformOf({ ...of, workbench: { ...of.workbench, ...workbench } }));
}

function settings(values: WorkbenchValues, file: string): Readonly<Record<string, string>> {
  const content = values.config.server[file];
  if (typeof content !== 'object') throw new Error(`${file} has no settings`);
  return content;
}

function valuesNamed(name: string): WorkbenchValues {
  return workbenchValues(platformOf(SESSION_ENVIRONMENTS[name] ?? eksInput()));
}

const EVERY = Object.keys(SESSION_ENVIRONMENTS);

describe('values of Workbench', () => {
  it.each(EVERY)('GIVEN environment %s WHEN its values are made THEN the chart reads every one of them', (name) => {
    expect(unknownValuePaths(CHARTS.rstudioWorkbench.name, asJsonObject(valuesNamed(name)))).toEqual([]);
  });

  it.each(EVERY)(
    'WB-3: GIVEN environment %s WHEN its values are made twice THEN they are equal, and keys are references',
    (name) => {
      const values = valuesNamed(name);
      expect(JSON.stringify(valuesNamed(name))).toBe(JSON.stringify(values));
      expect(values.launcherPem.existingSecret).not.toBe('');
      expect(values.secureCookieKey.existingSecret).not.toBe('');
      expect(values.userCreate).toBe(false);
      expect(values.userPassword.value).toBe('');
      expect(values.pod.env.filter(({ value }) => value !== undefined)).toEqual([]);
      const database: Readonly<Record<string, string>> = values.config.secret['database.conf'];
      expect(database).not.toHaveProperty('password');
      expect(database['connection-uri'] ?? '').not.toMatch(/:[^/]*@/);
    },
  );

  it.each(EVERY)(
    'WB-3: GIVEN environment %s WHEN its files are made THEN every setting is text, flags are 0 or 1',
    (name) => {
      const { config } = valuesNamed(name);
      const files = [
        ...Object.values(config.server),
        ...Object.values(config.session),
        ...Object.values(config.secret),
      ];
      for (const file of files) {
        if (typeof file === 'string') {
          expect(readIni(file).length).toBeGreaterThan(0);
          continue;
        }
        for (const value of Object.values(file)) {
          expect(typeof value).toBe('string');
          expect(value).not.toMatch(/^(true|false|undefined|NaN)$|[\r\n]/);
        }
      }
    },
  );

  it('WB-3: GIVEN every reference of an environment WHEN its secrets are listed THEN none is missing', () => {
    const values = valuesNamed('highly available');
    const named = [...JSON.stringify(values).matchAll(/"(?:existingSecret|secret|secretName)":"([^"]+)"/g)].map(
      ([, name]) => name,
    );
    const files = values.config.existingSecrets.map(({ name }) => name);
    const listed = requiredSecrets(environmentOf(SESSION_ENVIRONMENTS['highly available'] ?? eksInput()));
    const names = listed.map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set([...named, ...files, 'workbench-database', 'grafana-admin']));
    const pulled = requiredSecrets(environmentOf(onPremisesInput())).find(({ name }) => name === 'registry');
    expect(pulled?.namespaces).toEqual(['workbench', 'workbench-sessions', 'hnc-system']);
  });
});

describe('servers of Workbench', () => {
  it('WB-4: GIVEN several servers WHEN values are made THEN they share state, stay apart, and go one at a time', () => {
    const values = valuesNamed('highly available');
    expect(values.replicas).toBe(2);
    expect(values.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } });
    expect(values.podDisruptionBudget).toEqual({ maxUnavailable: 1 });
    expect(values.sharedStorage).toMatchObject({
      create: true,
      storageClassName: 'efs',
      accessModes: ['ReadWriteMany'],
    });
    expect(values.homeStorage).toEqual({ create: false, mount: true, name: HOME_CLAIM, path: '/home' });
    const labels = { 'app.kubernetes.io/name': 'rstudio-workbench', 'app.kubernetes.io/instance': 'workbench' };
    expect(
      values.topologySpreadConstraints.map(({ topologyKey, labelSelector }) => [topologyKey, labelSelector]),
    ).toEqual([
      ['kubernetes.io/hostname', { matchLabels: labels }],
      ['topology.kubernetes.io/zone', { matchLabels: labels }],
    ]);
    expect(values.nodeSelector).toEqual({ 'atelier.dev/node-pool': 'system' });
    expect(values.tolerations).toEqual([{ key: 'CriticalAddonsOnly', operator: 'Exists', effect: 'NoSchedule' }]);
    expect(values.priorityClassName).toBe('atelier-infrastructure');
  });

  it('WB-4: GIVEN one server WHEN values are made THEN it never runs twice, and no budget blocks a drain', () => {
    const values = valuesNamed('eks');
    expect(values.strategy).toEqual({ type: 'Recreate' });
    expect(values.podDisruptionBudget).toEqual({});
    expect(values.sharedStorage).toMatchObject({ storageClassName: 'gp3', accessModes: ['ReadWriteOnce'] });
    expect(values.config.secret['database.conf']).toEqual({ provider: 'sqlite' });
  });

  it('WB-4: GIVEN PostgreSQL WHEN values are made THEN the password is a variable from the Secret, and the file has none', () => {
    const values = valuesNamed('highly available');
    expect(values.config.secret['database.conf']).toEqual({
      provider: 'postgresql',
      'connection-uri': 'postgres://work%20bench@db.example.org:5432/workbench?sslmode=require',
    });
    expect(values.pod.env).toEqual([
      {
        name: 'WORKBENCH_POSTGRES_PASSWORD',
        valueFrom: { secretKeyRef: { name: 'workbench-database', key: 'password' } },
      },
    ]);
  });

  it('WB-4: GIVEN OpenID Connect and SCIM WHEN values are made THEN the client is a file, and accounts are not made here', () => {
    const values = valuesNamed('highly available');
    expect(settings(values, 'rserver.conf')).toMatchObject({
      'auth-openid': '1',
      'auth-openid-issuer': 'https://login.example.org',
      'user-provisioning-enabled': '1',
      'user-provisioning-register-on-first-login': '0',
      'audited-jobs': '1',
      'auth-cookies-force-secure': '1',
    });
    expect(values.config.existingSecrets).toEqual([
      { name: 'workbench-oidc', items: [{ key: 'client', path: 'openid-client-secret' }] },
    ]);
  });

  it('WB-4: GIVEN SAML without SCIM WHEN values are made THEN accounts are made at the first sign-in', () => {
    const conf = settings(
      valuesWith({ authentication: { kind: 'saml', metadataUrl: 'https://login.example.org/metadata' }, scim: false }),
      'rserver.conf',
    );
    expect(conf).toMatchObject({
      'auth-saml': '1',
      'auth-saml-sp-base-uri': 'https://workbench.example.org',
      'user-provisioning-register-on-first-login': '1',
    });
    const local = valuesWith({ authentication: { kind: 'pam' }, scim: false });
    expect(settings(local, 'rserver.conf')).not.toHaveProperty('user-provisioning-enabled');
  });

  it('WB-4: GIVEN a license server WHEN values are made THEN no file is mounted', () => {
    expect(valuesWith({ license: { kind: 'server', host: 'license.example.org:8989' } }).license).toEqual({
      server: 'license.example.org:8989',
    });
    expect(valuesNamed('eks').license).toEqual({ file: { secret: 'workbench-license', secretKey: 'license.lic' } });
  });

  it.each([
    ['alb', ALB_ANNOTATIONS.targetGroupAttributes, /stickiness\.enabled=true/],
    ['nginx', NGINX_ANNOTATIONS.affinity, /^cookie$/],
    ['traefik', TRAEFIK_ANNOTATIONS.stickyCookie, /^true$/],
  ] as const)(
    'WB-4: GIVEN ingress class %s WHEN values are made THEN a browser stays with its server',
    (className, key, value) => {
      const { ingress, service } = valuesWith({ ingress: { host: 'wb.example.org', className } });
      expect({ ...ingress.annotations, ...service.annotations }[key]).toMatch(value);
      expect(ingress.hosts).toEqual([{ host: 'wb.example.org', paths: ['/'] }]);
      expect(ingress.tls).toEqual([]);
    },
  );

  it('WB-6: GIVEN a namespace of sessions WHEN values are made THEN the launcher works there and calls come back here', () => {
    const values = valuesWith({ namespace: 'wb', sessionNamespace: 'wb-sessions' });
    expect(values.launcher.namespace).toBe('wb-sessions');
    expect(values.rbac).toEqual({ create: true, clusterRoleCreate: false });
    expect(settings(values, 'rserver.conf')['launcher-sessions-callback-address']).toBe(
      'http://workbench.wb.svc.cluster.local:80',
    );
    expect(values.launcher.includeDefaultTemplates).toBe(false);
    expect(values.launcher.extraTemplates['job.tpl']).toMatch(/^# Version: 2\.5\.0\n/);
  });
});

describe('timeouts of editors', () => {
  it('WB-5: GIVEN timeouts WHEN values are made THEN every editor ends an idle session in time', () => {
    const values = valuesWith({ timeouts: { rstudio: '90m', jupyter: '1h', vscode: '2h', positron: '8h' } });
    expect(values.config.session['rsession.conf']['session-timeout-minutes']).toBe('90');
    const jupyter = settings(values, 'jupyter.conf');
    expect(Number(jupyter['session-cull-minutes']) + Number(jupyter['session-shutdown-minutes'])).toBe(60);
    expect(jupyter['session-cull-connected']).toBe('1');
    expect(settings(values, 'vscode.conf')['session-timeout-kill-hours']).toBe('2');
    expect(settings(values, 'positron.conf')['session-timeout-kill-hours']).toBe('8');
  });

  it('WB-5: GIVEN a profile that idles an hour at most WHEN values are made THEN RStudio obeys for who is offered it', () => {
    const { profiles = '' } = valuesNamed('eks').config.server;
    const minutes = readIni(String(profiles)).map(({ name, values }) => [name, values.get('session-timeout-minutes')]);
    expect(minutes).toEqual([
      ['*', '120'],
      ['@data-science', '120'],
      ['@gpu-users', '60'],
    ]);
  });
});
