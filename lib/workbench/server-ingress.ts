import { ALB_ANNOTATIONS, NGINX_ANNOTATIONS, TRAEFIK_ANNOTATIONS } from '../catalog/annotations.ts';
import type { Environment } from '../model/environment.ts';

type Annotations = Readonly<Record<string, string>>;

/** Ingress values of the chart, and the annotations of the Service that belong to them. */
export interface IngressValues {
  readonly ingress: {
    readonly enabled: true;
    readonly ingressClassName: string;
    readonly annotations: Annotations;
    readonly hosts: readonly { readonly host: string; readonly paths: readonly string[] }[];
    readonly tls: readonly { readonly secretName: string; readonly hosts: readonly string[] }[];
  };
  readonly serviceAnnotations: Annotations;
}

/** Cookie by which a browser finds its server again: a session belongs to the server that started it. */
const COOKIE = 'workbench-route';
/** Seconds an editor's connection may be silent, and an ALB cookie lives. */
const IDLE_SECONDS = '3600';
const COOKIE_SECONDS = '86400';

function albAnnotations(certificateArn: string | undefined): Annotations {
  return {
    [ALB_ANNOTATIONS.scheme]: 'internal',
    [ALB_ANNOTATIONS.targetType]: 'ip',
    [ALB_ANNOTATIONS.listenPorts]: '[{"HTTP": 80}, {"HTTPS": 443}]',
    [ALB_ANNOTATIONS.sslRedirect]: '443',
    [ALB_ANNOTATIONS.healthCheckPath]: '/health-check',
    [ALB_ANNOTATIONS.targetGroupAttributes]: `stickiness.enabled=true,stickiness.type=lb_cookie,stickiness.lb_cookie.duration_seconds=${COOKIE_SECONDS}`,
    [ALB_ANNOTATIONS.loadBalancerAttributes]: `idle_timeout.timeout_seconds=${IDLE_SECONDS}`,
    // Without an ARN the controller looks for the certificate of the host in ACM.
    ...(certificateArn === undefined ? {} : { [ALB_ANNOTATIONS.certificateArn]: certificateArn }),
  };
}

function nginxAnnotations(): Annotations {
  return {
    [NGINX_ANNOTATIONS.affinity]: 'cookie',
    [NGINX_ANNOTATIONS.affinityMode]: 'persistent',
    [NGINX_ANNOTATIONS.sessionCookieName]: COOKIE,
    [NGINX_ANNOTATIONS.proxyReadTimeout]: IDLE_SECONDS,
    [NGINX_ANNOTATIONS.proxySendTimeout]: IDLE_SECONDS,
    // Uploads of any size; users send data sets through the editor.
    [NGINX_ANNOTATIONS.proxyBodySize]: '0',
  };
}

/** Whether browsers reach Workbench by HTTPS only: cookies may then say so. */
export function servesTls({ workbench: { ingress } }: Environment): boolean {
  return ingress.className === 'alb' || ingress.tlsSecret !== undefined || ingress.certificateArn !== undefined;
}

function traefikAnnotations(tls: boolean): Annotations {
  return tls
    ? { [TRAEFIK_ANNOTATIONS.routerEntryPoints]: 'websecure', [TRAEFIK_ANNOTATIONS.routerTls]: 'true' }
    : { [TRAEFIK_ANNOTATIONS.routerEntryPoints]: 'web' };
}

function traefikServiceAnnotations(tls: boolean): Annotations {
  return {
    [TRAEFIK_ANNOTATIONS.stickyCookie]: 'true',
    [TRAEFIK_ANNOTATIONS.stickyCookieName]: COOKIE,
    [TRAEFIK_ANNOTATIONS.stickyCookieHttpOnly]: 'true',
    [TRAEFIK_ANNOTATIONS.stickyCookieSecure]: String(tls),
  };
}

/** The way in, with one browser always on one server, in the words of the ingress class. */
export function ingressValues(environment: Environment): IngressValues {
  const { host, className, tlsSecret, certificateArn } = environment.workbench.ingress;
  const annotations = {
    alb: () => albAnnotations(certificateArn),
    nginx: nginxAnnotations,
    traefik: () => traefikAnnotations(servesTls(environment)),
  }[className]();
  return {
    ingress: {
      enabled: true,
      ingressClassName: className,
      annotations,
      hosts: [{ host, paths: ['/'] }],
      tls: tlsSecret === undefined ? [] : [{ secretName: tlsSecret, hosts: [host] }],
    },
    serviceAnnotations: className === 'traefik' ? traefikServiceAnnotations(servesTls(environment)) : {},
  };
}
