import { LABELS } from '../../lib/catalog/labels.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { policyRules } from '../../lib/policies/policy-rules.ts';
import type { CorpusCase } from './corpus/case.ts';
import { CEILING_CASES } from './corpus/ceiling.ts';
import { DEVICE_CASES } from './corpus/devices.ts';
import { LABEL_CASES } from './corpus/labels.ts';
import { PLACEMENT_CASES } from './corpus/placement.ts';
import { PRIORITY_CASES } from './corpus/priorities.ts';
import { SERVICE_CASES } from './corpus/services.ts';
import { corpusNamespaces } from './corpus/setup.ts';
import { SMUGGLING_CASES } from './corpus/smuggling.ts';
import { SPARK_CASES } from './corpus/spark.ts';

export type { CorpusCase } from './corpus/case.ts';
export { corpusInput } from './corpus/environment.ts';
export { corpusNamespaces, corpusSetup } from './corpus/setup.ts';

/**
 * The bypass corpus: requests that the policies must refuse, each with the rule and the reason, and requests that must
 * pass. It is replayed against a real API server (`replay.ts`), with Kyverno and without.
 */
export const CORPUS: readonly CorpusCase[] = [
  ...DEVICE_CASES,
  ...SMUGGLING_CASES,
  ...PLACEMENT_CASES,
  ...CEILING_CASES,
  ...PRIORITY_CASES,
  ...SPARK_CASES,
  ...LABEL_CASES,
  ...SERVICE_CASES,
];

/**
 * The cases that Kyverno alone answers like the API server: rules that it has too, in namespaces with a tier, which are
 * the only ones it is asked about.
 */
export function answeredByKyverno(platform: Platform): readonly CorpusCase[] {
  const rules = policyRules(platform).filter((rule) => rule.enforcedBy === 'both');
  const withTier = corpusNamespaces(platform)
    .filter(({ metadata }) => Object.keys((metadata.labels ?? {}) as object).includes(LABELS.tier))
    .map(({ metadata }) => metadata.name);
  return CORPUS.filter(
    ({ object, refusedBy }) =>
      withTier.includes(object.metadata.namespace ?? '') &&
      (refusedBy === undefined || rules.some(({ name }) => name === refusedBy)),
  );
}
