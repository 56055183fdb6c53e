import { ALB_ANNOTATIONS, NGINX_ANNOTATIONS, TRAEFIK_ANNOTATIONS } from '../../catalog/annotations.ts';
import { aboutRelease, valuesOfChart } from '../reading/release-values.ts';
import type { Rule } from '../rule.ts';

type Annotations = Readonly<Record<string, string>>;

interface WorkbenchValues {
  readonly replicas?: number;
  readonly ingress?: {
    readonly enabled?: boolean;
    readonly ingressClassName?: string;
    readonly annotations?: Annotations;
  };
  readonly service?: { readonly annotations?: Annotations };
}

/** Whether one browser always comes to one server; `undefined` for classes that are not known here. */
function isSticky({ ingress, service }: WorkbenchValues): boolean | undefined {
  const annotations = ingress?.annotations ?? {};
  switch (ingress?.ingressClassName) {
    case 'alb':
      return (annotations[ALB_ANNOTATIONS.targetGroupAttributes] ?? '').includes('stickiness.enabled=true');
    case 'nginx':
      return annotations[NGINX_ANNOTATIONS.affinity] === 'cookie';
    case 'traefik':
      return service?.annotations?.[TRAEFIK_ANNOTATIONS.stickyCookie] === 'true';
    default:
      return undefined;
  }
}

export const stickySessions: Rule = {
  id: 'WB011',
  title: 'With several servers, one browser always reaches the same one',
  severity: 'error',
  protectsFrom: 'sign-ins that loop and sessions that disconnect, each time a request reaches another server',
  because:
    'A server of Workbench keeps the connections of the sessions it started and the state of a sign-in. A load balancer in front has to send a browser back to the server it began with.',
  source: 'Posit Workbench administration guide, "Load Balancing: External load balancer"',
  example: {
    of: { valuesOf: 'workbench' },
    breaks: `replicas: 2
sharedStorage: { accessModes: [ReadWriteMany] }
ingress: { annotations: { alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=false } }`,
    mended: `replicas: 2
sharedStorage: { accessModes: [ReadWriteMany] }
ingress: { annotations: { alb.ingress.kubernetes.io/target-group-attributes: "stickiness.enabled=true,stickiness.type=lb_cookie" } }`,
  },
  check: (bundle) =>
    valuesOfChart<WorkbenchValues>(bundle, 'rstudio-workbench').flatMap(({ release, values }) => {
      if ((values.replicas ?? 1) < 2 || !values.ingress?.enabled || isSticky(values) !== false) return [];
      const message = `${values.replicas} servers behind ingress class "${values.ingress.ingressClassName}" without a sticky cookie.`;
      return [aboutRelease(release, message, 'Set the annotations for sticky sessions of the class.')];
    }),
};
