import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../lib/core/suggest.ts';

test('GIVEN a slip of the keyboard THEN the word that was meant is named', () => {
  expect(nearest('NoSchedul', ['NoExecute', 'NoSchedule'])).toBe('NoSchedule');
  expect(nearest('GPU', ['cpu', 'gpu'])).toBe('gpu');
  expect(didYouMean('gpu-l5', ['cpu', 'gpu-l4'])).toBe('Did you mean "gpu-l4"?');
});

test('GIVEN a word like none of them THEN all are listed instead of a wild guess', () => {
  expect(nearest('training', ['cpu', 'gpu'])).toBeUndefined();
  expect(didYouMean('training', ['cpu', 'gpu'])).toBe('Known: "cpu", "gpu".');
  expect(didYouMean('x', [])).toBe('There is none to choose from.');
});
