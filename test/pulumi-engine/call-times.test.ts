import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCalls, secondsUnderWay, timed } from './call-times.ts';

const call = (start: number, end: number) => ({ method: 'check', start, end });

test('GIVEN calls that overlap, and one within another WHEN they are added up THEN no moment counts twice', () => {
  expect(secondsUnderWay([])).toBe(0);
  expect(secondsUnderWay([call(5000, 6000), call(1000, 3000), call(2000, 4000), call(2100, 2200)])).toBe(4);
});

test('GIVEN handlers that answer later WHEN they are called THEN each call is written down until its answer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
  try {
    const file = join(folder, 'calls');
    expect(readCalls(file)).toEqual([]);
    const handlers = timed(
      { diff: (wait: number, answer: (error: null, word: string) => void) => setTimeout(answer, wait, null, 'same') },
      file,
    );
    const word = await new Promise((resolve) => handlers.diff(20, (_, answered) => resolve(answered)));
    expect(word).toBe('same');
    const [only, ...others] = readCalls(file);
    expect(others).toEqual([]);
    expect(only?.method).toBe('diff');
    expect((only?.end ?? 0) - (only?.start ?? 0)).toBeGreaterThan(15);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
