import type { Rule } from './rule.ts';

export const reachedByTls: Rule = {
  id: 'WB012',
  title: 'Browsers reach Workbench by TLS, with the certificate that is named',
  severity: 'warning',
  protectsFrom: 'passwords, cookies and data that anybody on the way can read, and certificates that nobody uses',
  because:
    'ingress-nginx and Traefik serve TLS only with a Secret that holds the certificate. The AWS load balancer controller takes certificates from ACM alone and does not read Secrets.',
  source: 'Kubernetes documentation, "Ingress: TLS"; AWS Load Balancer Controller 2, "Certificate Discovery"',
  example: {
    of: 'environment',
    breaks: 'workbench: { ingress: { className: nginx } }',
    mended: 'workbench: { ingress: { className: nginx, tlsSecret: workbench-tls } }',
  },
  check: ({ platform }) => {
    const { className, tlsSecret, certificateArn } = platform.environment.workbench.ingress;
    const at = ['workbench', 'ingress'];
    if (className === 'alb') {
      if (tlsSecret === undefined) return [];
      const message = `an alb does not read the Secret "${tlsSecret}".`;
      return [{ at: [...at, 'tlsSecret'], message, hint: 'Name certificateArn instead.' }];
    }
    if (tlsSecret !== undefined || certificateArn !== undefined) return [];
    return [{ at, message: `"${className}" without a certificate serves plain HTTP.`, hint: 'Name a tlsSecret.' }];
  },
};
