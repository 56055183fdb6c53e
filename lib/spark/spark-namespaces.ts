import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { toYaml } from '../core/yaml.ts';
import type { Platform } from '../model/platform.ts';
import type { Spark } from '../model/spark-pods.ts';
import { SPARK } from './names.ts';
import { driverTemplate, executorTemplate } from './pod-template.ts';
import { sparkDefaults } from './spark-defaults.ts';

/**
 * What a driver does in its namespace (Spark, running-on-kubernetes, "RBAC"): executors, their configuration and volumes,
 * the Service they find it by; and it takes away what it made. Members of the tenant may do all of this themselves.
 */
const DRIVER_RULES: k8s.PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['pods', 'services', 'configmaps', 'persistentvolumeclaims'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],
  },
];

function driverAccess(scope: Construct, namespace: string, platform: Platform): void {
  const { registry, tenancy } = platform.environment;
  // HNC would copy both down, and let this namespace's drivers make pods in the namespaces below it.
  const annotations = tenancy.backend.kind === 'hnc' ? { [ANNOTATIONS.hncPropagateNone]: 'true' } : undefined;
  new k8s.KubeServiceAccount(scope, 'account', {
    metadata: { name: SPARK.serviceAccount, namespace },
    ...(registry.pullSecret === undefined ? {} : { imagePullSecrets: [{ name: registry.pullSecret }] }),
  });
  new k8s.KubeRole(scope, 'role', { metadata: { name: SPARK.role, namespace, annotations }, rules: DRIVER_RULES });
  new k8s.KubeRoleBinding(scope, 'binding', {
    metadata: { name: SPARK.role, namespace, annotations },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: SPARK.role },
    subjects: [{ kind: 'ServiceAccount', name: SPARK.serviceAccount, namespace }],
  });
}

function configuration(scope: Construct, namespace: string, spark: Spark): void {
  new k8s.KubeConfigMap(scope, 'config', {
    metadata: { name: SPARK.config, namespace },
    data: {
      [SPARK.defaultsFile]: sparkDefaults(spark, namespace),
      [SPARK.driverTemplate]: toYaml(driverTemplate(spark.driver)),
      [SPARK.executorTemplate]: toYaml(executorTemplate(spark.executor)),
    },
  });
}

export interface SparkNamespacesProps {
  readonly platform: Platform;
  readonly spark: Spark;
}

/**
 * NODE-7. Spark for the workspaces that have it: on-demand drivers, spot executors. It runs where people have quotas and
 * not in the namespace of the sessions, whose account may do nothing: one that makes pods there could mount every home.
 * Phase 60-workloads.
 */
export class SparkNamespaces extends Construct {
  constructor(scope: Construct, id: string, { platform, spark }: SparkNamespacesProps) {
    super(scope, id);
    declareOrigin(this, ['spark']);
    for (const namespace of spark.choice.namespaces) {
      const within = new Construct(this, namespace);
      driverAccess(within, namespace, platform);
      configuration(within, namespace, spark);
    }
  }
}
