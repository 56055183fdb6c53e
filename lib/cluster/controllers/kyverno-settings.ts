import type { Bundle } from '../../bundle/bundle.ts';
import { CHARTS } from '../../catalog/charts.ts';
import type { JsonObject } from '../../core/json.ts';

/** What the values of the environment's Helm release say of Kyverno. */
export interface KyvernoSettings {
  readonly namespace: string;
  /** Name of the release; names of the chart's objects begin with it. */
  readonly release: string;
  /** `config.webhooks`: which namespaces its webhooks leave out. */
  readonly webhooks: JsonObject;
  /** The one namespace whose PolicyExceptions count; none where they are off. */
  readonly exceptions?: string;
  /** Whether it makes ValidatingAdmissionPolicies of its policies. */
  readonly generatesAdmissionPolicies: boolean;
  /** Rules that the values add to the roles of its controllers. */
  readonly extraRules: Readonly<Record<KyvernoController, readonly JsonObject[]>>;
}

/** Controllers whose identity and rights Kyverno asks for, although only the first runs here. */
export const KYVERNO_CONTROLLERS = ['admission-controller', 'background-controller', 'reports-controller'] as const;
export type KyvernoController = (typeof KYVERNO_CONTROLLERS)[number];

interface ControllerValues {
  readonly rbac?: { readonly clusterRole?: { readonly extraResources?: readonly JsonObject[] } };
}

interface Values {
  readonly config?: { readonly webhooks?: JsonObject };
  readonly features?: {
    readonly policyExceptions?: { readonly enabled?: boolean; readonly namespace?: string };
    readonly generateValidatingAdmissionPolicy?: { readonly enabled?: boolean };
  };
  readonly admissionController?: ControllerValues;
  readonly backgroundController?: ControllerValues;
  readonly reportsController?: ControllerValues;
}

/** Reads the release of the chart; undefined where the environment has none. */
export function kyvernoSettings({ releases }: Bundle): KyvernoSettings | undefined {
  const release = releases.find(({ chart }) => chart.name === CHARTS.kyverno.name);
  if (release === undefined) return undefined;
  const values = release.values as unknown as Values;
  const { policyExceptions, generateValidatingAdmissionPolicy } = values.features ?? {};
  const extra = (controller: ControllerValues | undefined): readonly JsonObject[] =>
    controller?.rbac?.clusterRole?.extraResources ?? [];
  return {
    namespace: release.namespace,
    release: release.name,
    webhooks: values.config?.webhooks ?? {},
    ...(policyExceptions?.enabled ? { exceptions: policyExceptions.namespace ?? '*' } : {}),
    // On by default in the chart (features.generateValidatingAdmissionPolicy).
    generatesAdmissionPolicies: generateValidatingAdmissionPolicy?.enabled ?? true,
    extraRules: {
      'admission-controller': extra(values.admissionController),
      'background-controller': extra(values.backgroundController),
      'reports-controller': extra(values.reportsController),
    },
  };
}
