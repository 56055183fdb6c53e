import { didYouMean } from '../../core/suggest.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import type { Rule } from '../rule.ts';

interface BindingSpec {
  readonly policyName: string;
}

interface ExceptionSpec {
  readonly policyRefs: readonly { readonly kind: string; readonly name: string }[];
}

export const policyBinding: Rule = {
  id: 'OBJ030',
  title: 'Every admission policy is bound, and bindings and exceptions name policies that exist',
  severity: 'error',
  protectsFrom: 'a policy that looks as if it were in force and refuses nothing, or an exception that lets nobody pass',
  because:
    'A ValidatingAdmissionPolicy does nothing until a binding names it; a binding or a PolicyException that names no policy is accepted in silence.',
  source: 'Kubernetes documentation, "Validating Admission Policy"; Kyverno 1.19, "Policy Exceptions"',
  example: {
    of: 'objects',
    breaks: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: more-gpu-access }
spec: { policyName: gpu-acess, validationActions: [Deny] }`,
    mended: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: more-gpu-access }
spec: { policyName: gpu-access, validationActions: [Deny] }`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    const names = (kind: string): readonly string[] =>
      inventory.ofKind(kind).map(({ manifest }) => manifest.metadata.name);
    const policies = names('ValidatingAdmissionPolicy');
    const bindings = inventory.ofKind('ValidatingAdmissionPolicyBinding').map((binding) => ({
      binding,
      policy: (binding.manifest.spec as unknown as BindingSpec).policyName,
    }));
    return [
      ...bindings.flatMap(({ binding, policy }) =>
        policies.includes(policy)
          ? []
          : [aboutObject(binding, `binds policy "${policy}", which nothing makes.`, didYouMean(policy, policies))],
      ),
      ...inventory
        .ofKind('ValidatingAdmissionPolicy')
        .filter(({ manifest }) => !bindings.some(({ policy }) => policy === manifest.metadata.name))
        .map((policy) => aboutObject(policy, 'is bound by nothing, so it enforces nothing.', 'Add a binding.')),
      ...inventory
        .ofKind('PolicyException')
        .flatMap((exception) =>
          (exception.manifest.spec as unknown as ExceptionSpec).policyRefs.flatMap(({ kind, name }) =>
            names(kind).includes(name)
              ? []
              : [
                  aboutObject(
                    exception,
                    `is an exception to ${kind} "${name}", which nothing makes.`,
                    didYouMean(name, names(kind)),
                  ),
                ],
          ),
        ),
    ];
  },
};
