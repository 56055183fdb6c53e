import { describe, expect, test } from 'vitest';
import { explain, parseSubject, type Subject } from '../../lib/explain/explain.ts';
import { UnknownNameError } from '../../lib/explain/unknown-name.ts';
import { named } from '../fixtures/mutate.ts';
import { sceneAfter } from './scenes.ts';

const scene = sceneAfter();

function complaint(subject: Subject): string {
  try {
    explain(scene, subject);
  } catch (error) {
    if (error instanceof UnknownNameError) return error.message;
    throw error;
  }
  return '';
}

describe('what the words of the command line mean (PROVE-2)', () => {
  test('GIVEN one word THEN it is a profile, whatever it is called', () => {
    expect(parseSubject(['gpu'])).toEqual({ kind: 'profile', name: 'gpu' });
    expect(parseSubject(['tenant'])).toEqual({ kind: 'profile', name: 'tenant' });
    expect(parseSubject(['profile', 'tenant'])).toEqual({ kind: 'profile', name: 'tenant' });
  });

  test('GIVEN a kind and a name THEN that is asked for', () => {
    expect(parseSubject(['node-pool', 'gpu'])).toEqual({ kind: 'node-pool', name: 'gpu' });
    expect(parseSubject(['object', 'Namespace/kyverno'])).toEqual({ kind: 'object', name: 'Namespace/kyverno' });
  });

  test.each([
    [['node-pools', 'gpu'], '"node-pools" is no kind that can be explained. Did you mean "node-pool"?'],
    [['a', 'b', 'c'], '"a b c" is too much: one profile, or a kind and a name.'],
  ])('GIVEN %j THEN it says what is wrong', (words, message) => {
    expect(parseSubject(words)).toBe(message);
  });

  test('GIVEN a user for anything but a profile THEN it says that this makes no sense', () => {
    expect(parseSubject(['tenant', 'vision'], { groups: ['vision'] })).toBe(
      '--user and --group are for session profiles.',
    );
  });

  test('GIVEN a profile that is called as a kind THEN one word explains it', () => {
    const own = sceneAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').name = 'node-pool';
    });
    expect(explain(own, { kind: 'profile', name: 'node-pool' }).name).toBe('node-pool');
  });
});

describe('names that an environment does not have (PROVE-2)', () => {
  test.each<[Subject, string]>([
    [{ kind: 'profile', name: 'smal' }, 'test has no session profile "smal". Did you mean "small"?'],
    [{ kind: 'profile', name: 'nothing' }, 'test has no session profile "nothing". Known: "small", "gpu".'],
    [
      { kind: 'profile', name: 'vision' },
      'test has no session profile "vision". There is a tenant of that name: atelier explain tenant vision',
    ],
    [
      { kind: 'profile', name: 'tenant' },
      'test has no session profile "tenant". To explain a tenant, name it: atelier explain tenant <name>.',
    ],
    [{ kind: 'node-pool', name: 'gpus' }, 'test has no node pool "gpus". Did you mean "gpu"?'],
    [
      { kind: 'node-pool', name: 'small' },
      'test has no node pool "small". There is a session profile of that name: atelier explain profile small',
    ],
    [{ kind: 'tenant', name: 'visoin' }, 'test has no tenant "visoin". Did you mean "vision"?'],
    [
      { kind: 'profile', name: 'gpu', audience: { groups: ['gpu-user'] } },
      'test names no group "gpu-user", neither under groups nor in a tenant. Did you mean "gpu-users"?',
    ],
    [
      { kind: 'object', name: 'kyverno' },
      '"kyverno" is no object: write KIND/NAME or KIND/NAMESPACE/NAME, as in Namespace/kyverno.',
    ],
    [
      { kind: 'object', name: 'Namespaces/kyverno' },
      'test has no object of kind "Namespaces". Did you mean "Namespace"?',
    ],
    [{ kind: 'object', name: 'Namespace/kivverno' }, 'test has no Namespace "kivverno". Did you mean "kyverno"?'],
  ])('GIVEN %j THEN it says what was probably meant', (subject, message) => {
    expect(complaint(subject)).toBe(message);
  });

  test('GIVEN a name that several namespaces have THEN it asks which', () => {
    expect(complaint({ kind: 'object', name: 'PersistentVolumeClaim/workbench-homes' })).toBe(
      'There are 2 objects PersistentVolumeClaim/workbench-homes: PersistentVolumeClaim/workbench/workbench-homes and PersistentVolumeClaim/workbench-sessions/workbench-homes. Name one of them.',
    );
  });
});
