import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/admission/judge.ts';
import { readPolicies } from '../../lib/admission/read-policies.ts';
import { AdmissionPolicies } from '../../lib/policies/admission-policies.ts';
import { platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';
import { answeredByKyverno, CORPUS, type CorpusCase, corpusInput, corpusSetup } from '../policies/corpus.ts';
import { corpusRequest } from './corpus-request.ts';

const platform = platformOf(corpusInput());
const { objects } = synthesize((scope) => new AdmissionPolicies(scope, 'policies', { platform }));
const policies = readPolicies({ objects, releases: [] });
const setup = corpusSetup(platform);

/** How the evaluator's verdict on a case differs from what the corpus demands; nothing where it does not. */
function disagreements(corpus: readonly CorpusCase[], engine: 'api-server' | 'kyverno'): readonly string[] {
  const own = policies.filter((policy) => policy.engine === engine);
  return corpus.flatMap((each) => {
    const verdict = judge(own, corpusRequest(each, setup, '2026-11-01T00:00:00Z'));
    const title = `${each.title} (${each.refusedBy ?? 'passes'})`;
    if (verdict.kind === 'undecided') return [`${title}: not decided: ${verdict.by[0]?.reason}`];
    if (verdict.kind === 'allowed') return each.refusedBy === undefined ? [] : [`${title}: allowed`];
    const [first] = verdict.by;
    const refusal = verdict.by.find(({ policy }) => policy.name === each.refusedBy);
    if (refusal === undefined) return [`${title}: refused by ${first?.policy.name}: ${first?.message}`];
    return each.says === undefined || refusal.message.includes(each.says) ? [] : [`${title}: says ${refusal.message}`];
  });
}

const asksWhoMay = ({ object }: CorpusCase): boolean => ['Namespace', 'SubnamespaceAnchor'].includes(object.kind);

describe('admission policies evaluated without a cluster (PROVE-3, POL-1, POL-2, POL-3, POL-5)', () => {
  it('GIVEN the bypass corpus WHEN the API server’s policies judge it THEN every verdict and its words are those of the corpus', () => {
    const corpus = CORPUS.filter((each) => !asksWhoMay(each));
    expect(corpus.length).toBeGreaterThan(150);
    expect(disagreements(corpus, 'api-server')).toEqual([]);
  });

  it('GIVEN the bypass corpus WHEN Kyverno’s policies judge what it is asked about THEN the verdicts are the same', () => {
    expect(disagreements(answeredByKyverno(platform), 'kyverno')).toEqual([]);
  });

  it('GIVEN requests whose verdict hangs on rights WHEN they are judged THEN they are not decided, and never guessed', () => {
    const cases = CORPUS.filter(asksWhoMay);
    const verdicts = cases.map((each) => judge(policies, corpusRequest(each, setup, '2026-11-01T00:00:00Z')).kind);
    expect(verdicts.filter((kind) => kind === 'refused')).toEqual([]);
    for (const [index, { refusedBy }] of cases.entries()) {
      if (refusedBy !== undefined) expect(verdicts[index], cases[index]?.title).toBe('undecided');
    }
    expect(verdicts).toContain('allowed');
  });
});
