import * as z from 'zod';
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
      host: hostField,
      port: z.int().min(1).max(65_535).default(5432),
      database: z.string().min(1).default('workbench'),
      user: z.string().min(1).default('workbench'),
      sslMode: z
        .enum(['disable', 'prefer', 'require', 'verify-ca', 'verify-full'])
        .default('require')
        .describe('How far the connection is encrypted and the server checked (libpq sslmode).'),
      password: secretReferenceSchema,
    })
    .describe('Needed by more than one replica.'),
]);

const authenticationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pam') }).describe('Local users; for trying things out.'),
  z
    .strictObject({
      kind: z.literal('openid-connect'),
      issuer: urlField,
      clientSecret: secretReferenceSchema.describe('Secret whose key holds the file openid-client-secret.'),
      usernameClaim: wordField.default('preferred_username'),
    })
    .describe('Single sign-on by OpenID Connect.'),
  z
    .strictObject({ kind: z.literal('saml'), metadataUrl: urlField, usernameAttribute: wordField.default('Username') })
    .describe('Single sign-on by SAML.'),
]);

const licenseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), secret: secretReferenceSchema }).describe('License file in a Secret.'),
  z.strictObject({ kind: z.literal('server'), host: hostAndPortField }).describe('Floating license server.'),
]);

const timeoutsSchema = z
  .strictObject({
    rstudio: durationField.default(7200).describe('Idle time after which an RStudio session is suspended.'),
    jupyter: durationField.default(7200).describe('Idle time after which Jupyter kernels and then the server end.'),
    vscode: hoursField.default(4 * 3600).describe('Idle time after which VS Code ends (whole hours).'),
    positron: hoursField.default(4 * 3600).describe('Idle time after which Positron ends (whole hours).'),
    gpuLimit: durationField
      .default(4 * 3600)
      .describe('No session with a GPU may idle longer, whatever the editor: idle GPUs keep their node.'),
  })
  .describe('When idle sessions end, so that pools can reach zero.');

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
    .strictObject({ cpu: cpuField, memory: bytesField })
    .prefault({ cpu: '2', memory: '4Gi' })
    .describe('What one server sets aside.'),
  ingress: ingressSchema,
  database: databaseSchema,
  authentication: authenticationSchema,
  scim: z.boolean().default(false).describe('Users are provisioned by the identity provider.'),
  license: licenseSchema,
  timeouts: timeoutsSchema.prefault({}),
  audit: z.boolean().default(false).describe('Keep an audit trail of jobs.'),
  defaultImage: z.string().describe('Session image of everybody who chose none.'),
  sessionTtlAfterFinished: durationField.default(86_400).describe('How long a finished Job stays to be looked at.'),
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
