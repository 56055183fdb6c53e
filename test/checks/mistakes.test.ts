import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { synthesize } from '../../stacks/synth.ts';
import { eksInput } from '../fixtures/environment.ts';
import { overlay } from '../fixtures/overlay.ts';
import { MISTAKES } from './mistakes.ts';

describe('PROVE-1: a slip of one line is found as what it is, where it is, and as nothing else', () => {
  test.each(MISTAKES)('%s', (text, found) => {
    const synthesis = synthesize(overlay(eksInput(), parse(text)));
    const problems = synthesis.kind === 'invalid' ? synthesis.problems : synthesis.findings;
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([found]);
    for (const { code, message, hint } of problems) {
      expect(message).toMatch(/\.$/);
      // A value of the wrong shape is told with its rule; what it should be, only its author knows.
      if (!code.startsWith('ENV')) expect(hint).toMatch(/[.?]$/);
    }
  });

  test('there are at least sixty of them, each of one line', () => {
    expect(MISTAKES.length).toBeGreaterThanOrEqual(60);
    expect(MISTAKES.filter(([text]) => text.includes('\n'))).toEqual([]);
    expect(new Set(MISTAKES.map(([text]) => text)).size).toBe(MISTAKES.length);
  });
});
