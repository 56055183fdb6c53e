import type { Platform } from '../model/platform.ts';
import { allowedPriorities } from './allowed-priorities.ts';
import { exposedServices } from './exposed-services.ts';
import { gpuAccess } from './gpu-access.ts';
import { gpuClaims } from './gpu-claims.ts';
import { gpuEnvironment } from './gpu-environment.ts';
import { podCeiling } from './pod-ceiling.ts';
import type { PolicyRule } from './policy-rule.ts';
import { protectedHierarchyLabels, protectedNamespaceLabels } from './protected-labels.ts';

/** Every admission rule of the platform. Both renderings, the documentation and the tests read this one list. */
export function policyRules(platform: Platform): readonly PolicyRule[] {
  const hnc = platform.environment.tenancy.backend.kind === 'hnc';
  return [
    allowedPriorities(platform),
    gpuAccess(platform),
    gpuClaims(platform),
    gpuEnvironment(platform),
    podCeiling(platform),
    exposedServices(platform),
    protectedNamespaceLabels(platform),
    ...(hnc ? [protectedHierarchyLabels(platform)] : []),
  ];
}
