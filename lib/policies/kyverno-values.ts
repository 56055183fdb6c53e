import { LABELS } from '../catalog/labels.ts';
import { KUBE_SYSTEM } from '../model/namespaces.ts';
import { type Platform, systemPlacement } from '../model/platform.ts';
import { infrastructureClass } from '../model/priority-ladder.ts';
import type { Toleration } from '../model/taint.ts';
import { ALL_PODS } from './pod-requests.ts';

interface SpreadConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: 'ScheduleAnyway';
  readonly labelSelector: { readonly matchLabels: Readonly<Record<string, string>> };
}

interface ControllerValues {
  readonly replicas: number;
  /** The chart makes a budget wherever there is more than one replica, whatever `enabled` says. */
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: number };
  readonly topologySpreadConstraints: readonly SpreadConstraint[];
}

interface RbacRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Values of the chart kyverno 3.9, as far as Atelier sets them. */
export interface KyvernoValues {
  readonly global: {
    readonly nodeSelector: Readonly<Record<string, string>>;
    readonly tolerations: readonly Toleration[];
    readonly priorityClassName: string;
  };
  readonly rbac: { readonly roles: { readonly aggregate: { readonly admin: boolean; readonly view: boolean } } };
  readonly config: {
    readonly webhooks: {
      readonly namespaceSelector: {
        readonly matchExpressions: readonly {
          readonly key: string;
          readonly operator: 'NotIn';
          readonly values: readonly string[];
        }[];
      };
    };
    readonly excludeKyvernoNamespace: boolean;
  };
  readonly features: {
    readonly policyExceptions: { readonly enabled: boolean; readonly namespace: string };
    readonly generateValidatingAdmissionPolicy: { readonly enabled: boolean };
    readonly validatingAdmissionPolicyReports: { readonly enabled: boolean };
  };
  readonly admissionController: ControllerValues;
  readonly backgroundController: ControllerValues;
  readonly cleanupController: ControllerValues;
  readonly reportsController: ControllerValues & {
    readonly rbac: { readonly clusterRole: { readonly extraResources: readonly RbacRule[] } };
  };
  readonly grafana: { readonly enabled: boolean };
}

/** All but one pod stay through drains and upgrades; they spread over nodes (chart) and zones (here). */
function controller(component: string, replicas: number): ControllerValues {
  return {
    replicas,
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: Math.max(1, replicas - 1) },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: LABELS.zone,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { [LABELS.component]: component, [LABELS.instance]: KYVERNO_RELEASE } },
      },
    ],
  };
}

/** Name of the Helm release; names of Kyverno's objects begin with it. */
export const KYVERNO_RELEASE = 'kyverno';

/**
 * Kyverno with its controllers on the system pool. Exceptions count in one namespace only, and the chart's roles are not
 * added to `admin`: together with exceptions from anywhere, a namespace's administrator could switch off a policy of the
 * cluster.
 */
export function kyvernoValues(platform: Platform): KyvernoValues {
  const { policies, priorities } = platform.environment;
  const { nodeSelector, tolerations } = systemPlacement(platform);
  // The others work in the background, behind a leader; a second one takes over at once.
  const standby = Math.min(2, policies.replicas);
  return {
    global: { nodeSelector, tolerations, priorityClassName: infrastructureClass(priorities) ?? '' },
    rbac: { roles: { aggregate: { admin: false, view: true } } },
    config: {
      webhooks: {
        namespaceSelector: {
          matchExpressions: [{ key: LABELS.namespaceName, operator: 'NotIn', values: [KUBE_SYSTEM] }],
        },
      },
      excludeKyvernoNamespace: true,
    },
    features: {
      policyExceptions: { enabled: true, namespace: policies.exceptionsNamespace },
      // The backstop is written here, with the exceptions in it, and reports about it would count everything twice.
      generateValidatingAdmissionPolicy: { enabled: false },
      validatingAdmissionPolicyReports: { enabled: false },
    },
    admissionController: controller('admission-controller', policies.replicas),
    backgroundController: controller('background-controller', standby),
    cleanupController: controller('cleanup-controller', standby),
    reportsController: {
      ...controller('reports-controller', standby),
      // Without them Kyverno 1.19 calls policies about subresources "not ready", though it never lists one.
      rbac: {
        clusterRole: {
          extraResources: [
            {
              apiGroups: [''],
              resources: ALL_PODS.resources.filter((resource) => resource.includes('/')),
              verbs: ['get', 'list', 'watch'],
            },
          ],
        },
      },
    },
    grafana: { enabled: true },
  };
}
