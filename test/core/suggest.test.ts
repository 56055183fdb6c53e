import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../lib/core/suggest.ts';

test('GIVEN a slip of the keyboard THEN the word that was meant is named', () => {
  expect(nearest('NoSchedul', ['NoExecute', 'NoSchedule'])).toBe('NoSchedule');
  expect(nearest('GPU', ['cpu', 'gpu'])).toBe('gpu');
  expect(didYouMean('gpu-l5', ['cpu', 'gpu-l4'])).toBe('Did you mean "gpu-l4"?');
});

test('GIVEN the beginning of a few words THEN these are named, before words that are merely alike', () => {
  expect(didYouMean('A100', ['A10', 'A100-40GB', 'A100-80GB'])).toBe('Did you mean "A100-40GB" or "A100-80GB"?');
  expect(didYouMean('g6e.4xl', ['c5.large', 'g6e.4xlarge'])).toBe('Did you mean "g6e.4xlarge"?');
});

test('GIVEN a word like none of them THEN all are listed instead of a wild guess', () => {
  expect(nearest('training', ['cpu', 'gpu'])).toBeUndefined();
  expect(didYouMean('training', ['cpu', 'gpu'])).toBe('Known: "cpu", "gpu".');
  expect(didYouMean('x', [])).toBe('There is none to choose from.');
});

test('GIVEN two letters that changed places THEN that is one slip, however short the word', () => {
  expect(nearest('troch', ['base', 'torch'])).toBe('torch');
  expect(nearest('fiel', ['file'])).toBe('file');
  expect(nearest('abcd', ['badc'])).toBeUndefined();
  expect(nearest('ab', ['ba'])).toBe('ba');
});
