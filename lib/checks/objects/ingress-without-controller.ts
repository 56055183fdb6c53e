import type { Bundle } from '../../bundle/bundle.ts';
import { servedIngressClasses } from '../../model/ingress-controller.ts';
import { describeObject, inventoryOf } from '../reading/inventory.ts';
import { valuesNamed } from '../reading/release-values.ts';
import type { Finding, Rule } from '../rule.ts';

/** A class that an Ingress names, and whose Ingress it is. */
interface Demand {
  readonly className: string;
  readonly subject: string;
}

interface IngressSpec {
  readonly ingressClassName?: string;
}

function demands(bundle: Bundle): readonly Demand[] {
  const ofObjects = inventoryOf(bundle)
    .ofKind('Ingress')
    .flatMap(({ manifest }): readonly Demand[] => {
      const { ingressClassName } = (manifest.spec ?? {}) as IngressSpec;
      return ingressClassName === undefined ? [] : [{ className: ingressClassName, subject: describeObject(manifest) }];
    });
  const ofReleases = bundle.releases.flatMap((release) =>
    valuesNamed(release, ['ingressClassName']).flatMap(({ value }): readonly Demand[] =>
      typeof value === 'string' && value !== '' ? [{ className: value, subject: `release "${release.name}"` }] : [],
    ),
  );
  return [...ofObjects, ...ofReleases];
}

function hint({ platform: { environment } }: Bundle, className: string): string {
  const ours = className === 'alb' && environment.cluster.kind === 'eks';
  const existing = 'Where the cluster has one, state ingressController: { kind: existing }';
  return ours ? `${existing}; kind aws-load-balancer-controller lets Atelier install it.` : `${existing}.`;
}

export const ingressWithoutController: Rule = {
  id: 'NET004',
  title: 'Every Ingress is of a class that some controller serves',
  severity: 'warning',
  protectsFrom: 'a platform that runs and that nobody can reach: its Ingresses never get an address',
  because:
    'An Ingress is only a wish. Kubernetes brings nobody who fulfils it and accepts a class that does not exist. Atelier installs the AWS Load Balancer Controller (class alb, on EKS) and no other; what a cluster has besides is stated as `ingressController`.',
  source: 'Kubernetes documentation, "Ingress Controllers"',
  example: {
    of: 'environment',
    breaks: `ingressController: { kind: aws-load-balancer-controller, vpcId: vpc-0a1b2c3d4e5f60718 }
workbench: { ingress: { className: nginx, tlsSecret: workbench-tls } }`,
    mended: `ingressController: { kind: existing }
workbench: { ingress: { className: nginx, tlsSecret: workbench-tls } }`,
  },
  check: (bundle) => {
    const served = servedIngressClasses(bundle.platform.environment);
    const unserved = demands(bundle).filter(({ className }) => !served.includes(className));
    const classes = [...new Set(unserved.map(({ className }) => className))];
    return classes.map((className): Finding => {
      const subjects = unserved.filter((demand) => demand.className === className).map(({ subject }) => subject);
      const message = `nobody serves Ingresses of class "${className}": ${[...new Set(subjects)].join(', ')}.`;
      return { at: ['workbench', 'ingress', 'className'], message, hint: hint(bundle, className) };
    });
  },
};
