import * as z from 'zod';
import { lateValue } from '../core/late-value.ts';
import {
  bytesField,
  cpuField,
  durationField,
  hostAndPortField,
  hostField,
  hoursField,
  nameField,
  urlField,
  wordField,
} from './field.ts';
import { secretReferenceSchema } from './secret-reference.ts';

const databaseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sqlite') }).describe('One server only.'),
  z
    .strictObject({
      kind: z.literal('postgresql'),
      host: hostField
        .optional()
        .transform((host) => host ?? lateValue('database-host'))
        .describe('Host of the database. Default: the one that `cluster.cloud.database` makes.'),
      port: z.int().min(1).max(65_535).default(5432).describe('Port of the database.'),
      database: z.string().min(1).default('workbench').describe('Name of the database.'),
      user: z.string().min(1).default('workbench').describe('Role that Workbench logs in as.'),
      sslMode: z
        .enum(['disable', 'prefer', 'require', 'verify-ca', 'verify-full'])
        .default('require')
        .describe('How far the connection is encrypted and the server checked (libpq sslmode).'),
      password: secretReferenceSchema.describe('Secret with the password of the role.'),
    })
    .describe('Needed by more than one replica.'),
]);

const authenticationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pam') }).describe('Local users; for trying things out.'),
  z
    .strictObject({
      kind: z.literal('openid-connect'),
      issuer: urlField.describe('Issuer of the tokens, as its discovery document says.'),
      clientSecret: secretReferenceSchema.describe('Secret whose key holds the file openid-client-secret.'),
      usernameClaim: wordField.default('preferred_username').describe('Claim that names the user.'),
    })
    .describe('Single sign-on by OpenID Connect.'),
  z
    .strictObject({
      kind: z.literal('saml'),
      metadataUrl: urlField.describe('Metadata of the identity provider.'),
      usernameAttribute: wordField.default('Username').describe('Attribute that names the user.'),
    })
    .describe('Single sign-on by SAML.'),
]);

const licenseSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('file'), secret: secretReferenceSchema.describe('Secret with the file.') })
    .describe('License file in a Secret.'),
  z
    .strictObject({
      kind: z.literal('server'),
      host: hostAndPortField.describe('Host of the server, with a port where it is not the usual one.'),
    })
    .describe('Floating license server.'),
]);

// What is idle, and what running code changes about it: Posit, "Idle Timeouts by Session Type" (admin/sessions).
const timeoutsSchema = z
  .strictObject({
    rstudio: durationField
      .prefault('2h')
      .describe('Idle time after which an RStudio session is suspended. One that computes is not idle.'),
    jupyter: durationField
      .prefault('2h')
      .describe('Idle time after which Jupyter kernels and then the server end. Terminals do not count as work.'),
    vscode: hoursField
      .prefault('4h')
      .describe('Time without a key or a click after which VS Code ends, also while code runs (whole hours).'),
    positron: hoursField
      .prefault('4h')
      .describe('Time without a key or a click after which Positron ends, also while code runs (whole hours).'),
    gpuLimit: durationField
      .prefault('4h')
      .describe('No session with a GPU may idle longer, whatever the editor: idle GPUs keep their node.'),
  })
  .describe('When idle sessions end, so that pools can reach zero; for each editor what it calls idle.');

const ingressSchema = z.strictObject({
  host: hostField.describe('Public host name.'),
  className: z.enum(['alb', 'nginx', 'traefik']).describe('Ingress class; decides how sessions are made sticky.'),
  tlsSecret: nameField.optional().describe('Secret with the certificate. With alb: leave out and name certificateArn.'),
  certificateArn: z.string().startsWith('arn:').optional().describe('ACM certificate for alb.'),
});

/** Posit Workbench: server, sessions, access. */
export const workbenchSchema = z.strictObject({
  namespace: nameField.default('workbench').describe('Namespace of the servers.'),
  sessionNamespace: nameField
    .default('workbench-sessions')
    .describe('Namespace of the sessions, apart from the secrets.'),
  replicas: z.int().min(1).default(1).describe('Servers; more than one needs PostgreSQL.'),
  resources: z
    .strictObject({
      cpu: cpuField.describe('CPU of one server.'),
      memory: bytesField.describe('Memory of one server.'),
    })
    .prefault({ cpu: '2', memory: '4Gi' })
    .describe('What one server sets aside.'),
  ingress: ingressSchema.describe('How users reach it.'),
  database: databaseSchema.describe('Where servers keep what they share.'),
  authentication: authenticationSchema.describe('How users log in.'),
  scim: z.boolean().default(false).describe('Users are provisioned by the identity provider.'),
  license: licenseSchema.describe('Where the licence comes from.'),
  timeouts: timeoutsSchema.prefault({}),
  audit: z.boolean().default(false).describe('Keep an audit trail of jobs.'),
  defaultImage: z.string().describe('Session image of everybody who chose none.'),
  sessionTtlAfterFinished: durationField.prefault('1d').describe('How long a finished Job stays to be looked at.'),
  adminGroup: wordField.default('workbench-admins').describe('Directory group of administrators.'),
  env: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/),
      z.string().regex(/^(?!.*\{\{)/s, 'may not hold "{{", which would be run as a template'),
    )
    .default({})
    .describe('Environment of sessions. No secrets: everybody who may read pods sees it.'),
});
export type Workbench = z.output<typeof workbenchSchema>;
export const EDITORS = ['rstudio', 'jupyter', 'vscode', 'positron'] as const;
export type Editor = (typeof EDITORS)[number];
