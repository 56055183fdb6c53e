import { describe, expect, it } from 'vitest';
import { policyRules } from '../../lib/policies/policy-rules.ts';
import { platformOf } from '../fixtures/environment.ts';
import { answeredByKyverno, CORPUS, corpusInput, corpusNamespaces, corpusSetup } from './corpus.ts';
import { type ApiCall, replay } from './replay.ts';

const platform = platformOf(corpusInput());
const rules = policyRules(platform);
const bad = CORPUS.filter(({ refusedBy }) => refusedBy !== undefined);
const good = CORPUS.filter(({ refusedBy }) => refusedBy === undefined);

/** Beginnings of the literal texts of a CEL message, long enough to recognise it by. */
const openings = (explain: string): readonly string[] =>
  [...explain.matchAll(/'((?:[^'\\]|\\.)*)'/g)].flatMap(([, text = '']) => {
    const opening = text.trim().slice(0, 25);
    return opening.length > 7 ? [opening] : [];
  });

describe('bypass corpus (POL-1, POL-2, POL-3)', () => {
  it('GIVEN the corpus WHEN it is counted THEN there are enough of both kinds, each with a title of its own', () => {
    expect(bad.length).toBeGreaterThanOrEqual(40);
    expect(good.length).toBeGreaterThanOrEqual(20);
    const titles = CORPUS.map(({ title, object, refusedBy }) => `${title} ${object.metadata.namespace} ${refusedBy}`);
    expect(new Set(titles).size).toBe(CORPUS.length);
  });

  it('GIVEN every demand of every rule WHEN the corpus is searched THEN some request is refused with its words', () => {
    for (const rule of rules) {
      const said = bad.filter(({ refusedBy }) => refusedBy === rule.name).flatMap(({ says }) => says ?? []);
      const messages = rule.validations.map(({ explain }) => openings(explain));
      for (const own of messages) {
        const others = messages.filter((message) => message !== own).flat();
        const telling = own.filter((opening) => !others.includes(opening));
        const known = said.some((says) => telling.some((opening) => says.includes(opening)));
        expect(known, `${rule.name}: ${telling.join(' | ')}`).toBe(true);
      }
    }
  });

  it('GIVEN every case WHEN it names a rule and a namespace THEN both exist', () => {
    const namespaces = ['default', ...corpusNamespaces(platform).map(({ metadata }) => metadata.name)];
    for (const { title, refusedBy, object } of CORPUS) {
      if (refusedBy !== undefined)
        expect(
          rules.map(({ name }) => name),
          title,
        ).toContain(refusedBy);
      if (object.metadata.namespace !== undefined) expect(namespaces, title).toContain(object.metadata.namespace);
    }
    expect(corpusSetup(platform).filter(({ kind }) => kind === 'Namespace')).toHaveLength(namespaces.length - 1);
  });

  it('GIVEN Kyverno alone WHEN the corpus is cut to what it is asked THEN only rules and namespaces of its own are left', () => {
    const cases = answeredByKyverno(platform);
    expect(cases.length).toBeGreaterThan(100);
    expect(cases.map(({ refusedBy }) => refusedBy)).not.toContain('gpu-access-environment');
    expect(cases.map(({ object }) => object.metadata.namespace)).not.toContain('other-software');
  });

  it('GIVEN a server that admits everything WHEN the corpus is replayed THEN every bad request is reported', async () => {
    const calls: ApiCall[] = [];
    const verdicts = await replay(async (call) => {
      calls.push(call);
      return { status: 201, message: '' };
    }, CORPUS);
    expect(verdicts.filter(({ wrong }) => wrong !== undefined)).toHaveLength(bad.length);
    // Whatever is left behind would be in the way of the next case.
    const made = calls.filter(({ method, path }) => method === 'POST' && !path.includes('dryRun'));
    expect(calls.filter(({ method }) => method === 'DELETE')).toHaveLength(made.length);
  });

  it('GIVEN a server that refuses for another reason WHEN the corpus is replayed THEN nothing counts as right', async () => {
    const answer = { status: 403, message: 'pods "sample" is forbidden: exceeded quota' };
    const creations = CORPUS.filter(({ update }) => update === undefined);
    const verdicts = await replay(async () => answer, creations);
    expect(verdicts.filter(({ wrong }) => wrong === undefined)).toEqual([]);
  });
});
