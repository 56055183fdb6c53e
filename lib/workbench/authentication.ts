import type { Environment } from '../model/environment.ts';
import type { ConfSettings } from './editor-conf.ts';

/** A Secret of the cluster as a file of Workbench (chart: `config.existingSecrets`). */
export type SecretFile = {
  readonly name: string;
  readonly items: readonly { readonly key: string; readonly path: string }[];
};

/** How users sign in, and how their accounts come about. */
export interface Authentication {
  /** Settings of rserver.conf. */
  readonly settings: ConfSettings;
  readonly files: readonly SecretFile[];
}

/** Accounts: made by the identity provider (SCIM), or by Workbench when somebody first signs in. */
function provisioning({ workbench }: Environment): ConfSettings {
  if (workbench.authentication.kind === 'pam' && !workbench.scim) return {};
  return {
    'user-provisioning-enabled': '1',
    'user-provisioning-register-on-first-login': workbench.scim ? '0' : '1',
  };
}

/** Sign-in and accounts as the environment asks for them. No secret is in here: client id and secret come in a file. */
export function authentication(environment: Environment): Authentication {
  const { authentication: method, ingress } = environment.workbench;
  const accounts = provisioning(environment);
  switch (method.kind) {
    case 'pam':
      return { settings: accounts, files: [] };
    case 'openid-connect':
      return {
        settings: {
          'auth-openid': '1',
          'auth-openid-issuer': method.issuer,
          'auth-openid-username-claim': method.usernameClaim,
          ...accounts,
        },
        files: [
          { name: method.clientSecret.name, items: [{ key: method.clientSecret.key, path: 'openid-client-secret' }] },
        ],
      };
    case 'saml':
      return {
        settings: {
          'auth-saml': '1',
          'auth-saml-metadata-url': method.metadataUrl,
          'auth-saml-sp-attribute-username': method.usernameAttribute,
          // The provider checks this address; behind a proxy Workbench cannot know it.
          'auth-saml-sp-base-uri': `https://${ingress.host}`,
          ...accounts,
        },
        files: [],
      };
  }
}
