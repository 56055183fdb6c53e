import { Construct } from 'constructs';
import { declareOrigin } from '../constructs/origin.ts';
import { validatingAdmissionPolicy, validatingAdmissionPolicyBinding } from '../crds/admissionregistration.k8s.io.ts';
import { policyException, validatingPolicy } from '../crds/policies.kyverno.io.ts';
import type { Platform } from '../model/platform.ts';
import type { PolicyExceptionChoice } from '../model/policy.ts';
import type { PolicyRule } from './policy-rule.ts';
import { policyRules } from './policy-rules.ts';
import { ruleMetadata, validatingAdmissionPolicySpec, validatingPolicySpec } from './render-rule.ts';
import { concerns, ruleException } from './rule-exception.ts';

export interface AdmissionPoliciesProps {
  readonly platform: Platform;
}

/** One rule: in the API server with its binding, and in Kyverno where it is asked too. */
function addRule(scope: Construct, platform: Platform, rule: PolicyRule): void {
  const within = new Construct(scope, rule.name);
  declareOrigin(within, rule.name === 'allowed-priorities' ? ['priorities'] : ['policies']);
  const metadata = ruleMetadata(platform, rule);
  validatingAdmissionPolicy(within, 'backstop', metadata, validatingAdmissionPolicySpec(platform, rule));
  validatingAdmissionPolicyBinding(
    within,
    'binding',
    { name: rule.name },
    { policyName: rule.name, validationActions: ['Deny'] },
  );
  if (rule.enforcedBy === 'both') validatingPolicy(within, 'policy', metadata, validatingPolicySpec(platform, rule));
}

interface ExceptionPlace {
  /** In the list of exceptions. */
  readonly index: number;
  /** Every rule there is; the exception picks those it concerns. */
  readonly rules: readonly PolicyRule[];
}

/** One exception as Kyverno reads it; in the API server's policies it stands inside. */
function addException(scope: Construct, namespace: string, choice: PolicyExceptionChoice, place: ExceptionPlace): void {
  const exception = ruleException(choice, place.index);
  const within = new Construct(scope, exception.name);
  declareOrigin(within, exception.at);
  const rules = place.rules.filter((rule) => rule.enforcedBy === 'both' && concerns(choice, rule));
  policyException(
    within,
    'exception',
    { name: exception.name, namespace },
    {
      policyRefs: rules.map(({ name }) => ({ name, kind: 'ValidatingPolicy' })),
      matchConditions: exception.conditions,
      ...(exception.expiresAt === undefined ? {} : { expiresAt: exception.expiresAt }),
      properties: { reason: exception.reason },
      reportResult: 'skip',
    },
  );
}

/** Phase 30: every admission rule twice, from one definition, and the exceptions to them (POL-1, POL-2, POL-3, POL-5). */
export class AdmissionPolicies extends Construct {
  constructor(scope: Construct, id: string, props: AdmissionPoliciesProps) {
    super(scope, id);
    const { platform } = props;
    const { exceptions, exceptionsNamespace } = platform.environment.policies;
    const rules = policyRules(platform);
    const ofRules = new Construct(this, 'rules');
    for (const rule of rules) addRule(ofRules, platform, rule);
    const ofExceptions = new Construct(this, 'exceptions');
    exceptions.forEach((choice, index) => {
      addException(ofExceptions, exceptionsNamespace, choice, { index, rules });
    });
  }
}
