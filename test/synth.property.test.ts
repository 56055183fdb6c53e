import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Bundle } from '../lib/bundle/bundle.ts';
import { layoutFiles } from '../lib/bundle/layout.ts';
import { RULES } from '../lib/checks/registry.ts';
import { listEnvironments } from '../lib/loader/find.ts';
import { loadEnvironment } from '../lib/loader/load.ts';
import { type Synthesis, synthesize } from '../stacks/synth.ts';
import { applyEdit, randomEdit, randomEnvironment } from './fixtures/random-environment.ts';

/** More with RUNS=5000 npx vitest run test/synth.property.test.ts. */
const numRuns = Number(process.env.RUNS ?? 150);

/** Rules whose example is an object or the values of a release. */
const OWN_RULES = new Set(RULES.filter(({ example }) => example.of !== 'environment').map(({ id }) => id));

/** What no output may hold: a value that was not there when it was printed. */
function expectWhole(bundle: Bundle): void {
  for (const { path, content } of layoutFiles(bundle)) {
    expect(path).toMatch(/^[\w./-]+$/);
    expect(path.length).toBeLessThan(400);
    expect(content).not.toMatch(/\bundefined\b|\bNaN\b|\[object Object\]|\bInfinity\b/);
  }
  for (const { manifest } of bundle.objects) {
    expect(manifest.metadata.name.length).toBeLessThanOrEqual(253);
    for (const value of Object.values((manifest.metadata.labels ?? {}) as Record<string, string>)) {
      expect(value).toMatch(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/);
    }
  }
}

/** PROVE-1: what rules over objects and values find in what Atelier derived itself is a mistake of Atelier. */
function ownMistakes(synthesis: Exclude<Synthesis, { kind: 'invalid' }>): readonly string[] {
  return [...synthesis.findings, ...synthesis.silenced]
    .filter(({ code }) => OWN_RULES.has(code))
    .map(({ code, message }) => `${code} ${message}`);
}

/** Synthesizes; gives the kind of answer. Throws, and so fails the property, where there is neither Bundle nor Problem. */
function outcome(input: unknown): string {
  const synthesis = synthesize(input);
  if (synthesis.kind === 'invalid') {
    expect(synthesis.problems.length).toBeGreaterThan(0);
    for (const { code, path, message } of synthesis.problems) {
      expect(code).toMatch(/^(ENV|REF)\d{3}$/);
      expect(`${path} ${message}`).not.toMatch(/\[object Object\]|\bNaN\b/);
    }
  } else {
    expectWhole(synthesis.bundle);
    expect(ownMistakes(synthesis)).toEqual([]);
  }
  return synthesis.kind;
}

describe('every input gives a Bundle or Problems, never a crash and never an "undefined"', () => {
  let inputs: readonly unknown[] = [];
  beforeAll(async () => {
    inputs = await Promise.all(listEnvironments().map(async ({ name }) => (await loadEnvironment(name)).input));
  });

  test('random environments', () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(randomEnvironment, (input) => {
        const kind = outcome(input);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }),
      { numRuns },
    );
    // The generator is worth nothing if it makes only rubbish, or never any. What is refused was composed all the same.
    expect(kinds.get('invalid')).toBeGreaterThan(0);
    expect((kinds.get('refused') ?? 0) + (kinds.get('accepted') ?? 0)).toBeGreaterThan(numRuns / 10);
  });

  test('random edits of the four environments', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.array(randomEdit, { minLength: 1, maxLength: 3 }), (index, edits) => {
        outcome(edits.reduce<unknown>(applyEdit, inputs[index]));
      }),
      { numRuns },
    );
  });

  test('two runs give the same bytes', () => {
    for (const input of inputs) {
      const files = [synthesize(input), synthesize(input)].map((synthesis) =>
        synthesis.kind === 'invalid' ? [] : layoutFiles(synthesis.bundle),
      );
      expect(files[0]?.length).toBeGreaterThan(0);
      expect(files[1]).toEqual(files[0]);
    }
  });
});
