/** Every annotation key that Atelier writes; each literal exists once. */
export const ANNOTATIONS = {
  /** Karpenter: no voluntary disruption of the pod's node (karpenter.sh/v1 pkg/apis/v1/labels.go). */
  karpenterDoNotDisrupt: 'karpenter.sh/do-not-disrupt',
  /** cluster-autoscaler FAQ: the pod keeps its node from being scaled down. */
  autoscalerSafeToEvict: 'cluster-autoscaler.kubernetes.io/safe-to-evict',
  /** Ours: what a denial or a quota means for a user, in one sentence. */
  explanation: 'atelier.dev/explanation',
  /** Ours: the exceptions that concern a policy, named on the policy itself. */
  exceptions: 'atelier.dev/exceptions',
  /** Ours: who to ask. */
  contact: 'atelier.dev/contact',
  /** HNC: the parent of a namespace that was made by an anchor; there before any label of ours. */
  hncSubnamespaceOf: 'hnc.x-k8s.io/subnamespace-of',
  /** Ours: what a namespace of the platform is for, in one sentence. */
  purpose: 'atelier.dev/purpose',
  /** Ours: the name of a tenant for people. */
  title: 'atelier.dev/title',
  /** HNC: where an object is propagated to: `!a,!b` leaves out the subtrees of a and b. */
  hncPropagateTree: 'propagate.hnc.x-k8s.io/treeSelect',
  /** HNC: keep an object from being propagated. */
  hncPropagateNone: 'propagate.hnc.x-k8s.io/none',
  /** Kubernetes: the storage class of claims that name none. */
  defaultStorageClass: 'storageclass.kubernetes.io/is-default-class',
  /** Helm convention: pods are replaced when the configuration they have read changes. */
  configChecksum: 'checksum/config',
  /** Argo CD: order of syncing. */
  argoSyncWave: 'argocd.argoproj.io/sync-wave',
  /** Pulumi: `pulumi up` does not wait until the pods run (pulumi-kubernetes, provider/pkg/metadata/annotations.go). */
  pulumiSkipAwait: 'pulumi.com/skipAwait',
} as const;

/** By which the binding of volumes is told on (k8s.io/component-helpers storage/volume/pv_helpers.go). */
export const VOLUME_ANNOTATIONS = {
  /** On a claim that is bound for good. */
  bindCompleted: 'pv.kubernetes.io/bind-completed',
  /** On a claim that waits to be provisioned: the node its pod will have. */
  selectedNode: 'volume.kubernetes.io/selected-node',
} as const;

/** AWS Load Balancer Controller 3.5 (docs/guide/ingress/annotations.md). */
export const ALB_ANNOTATIONS = {
  certificateArn: 'alb.ingress.kubernetes.io/certificate-arn',
  healthCheckPath: 'alb.ingress.kubernetes.io/healthcheck-path',
  listenPorts: 'alb.ingress.kubernetes.io/listen-ports',
  loadBalancerAttributes: 'alb.ingress.kubernetes.io/load-balancer-attributes',
  scheme: 'alb.ingress.kubernetes.io/scheme',
  sslRedirect: 'alb.ingress.kubernetes.io/ssl-redirect',
  targetGroupAttributes: 'alb.ingress.kubernetes.io/target-group-attributes',
  targetType: 'alb.ingress.kubernetes.io/target-type',
} as const;

/** ingress-nginx (user-guide/nginx-configuration/annotations). */
export const NGINX_ANNOTATIONS = {
  affinity: 'nginx.ingress.kubernetes.io/affinity',
  affinityMode: 'nginx.ingress.kubernetes.io/affinity-mode',
  proxyBodySize: 'nginx.ingress.kubernetes.io/proxy-body-size',
  proxyReadTimeout: 'nginx.ingress.kubernetes.io/proxy-read-timeout',
  proxySendTimeout: 'nginx.ingress.kubernetes.io/proxy-send-timeout',
  sessionCookieName: 'nginx.ingress.kubernetes.io/session-cookie-name',
} as const;

/** Traefik 3 (reference/routing-configuration/kubernetes/ingress); stickiness belongs to the Service. */
export const TRAEFIK_ANNOTATIONS = {
  routerEntryPoints: 'traefik.ingress.kubernetes.io/router.entrypoints',
  routerTls: 'traefik.ingress.kubernetes.io/router.tls',
  stickyCookie: 'traefik.ingress.kubernetes.io/service.sticky.cookie',
  stickyCookieHttpOnly: 'traefik.ingress.kubernetes.io/service.sticky.cookie.httponly',
  stickyCookieName: 'traefik.ingress.kubernetes.io/service.sticky.cookie.name',
  stickyCookieSecure: 'traefik.ingress.kubernetes.io/service.sticky.cookie.secure',
} as const;
