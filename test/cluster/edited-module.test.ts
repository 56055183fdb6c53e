import { describe, expect, it } from 'vitest';
import { editText } from '../../lib/cluster/edited-module.ts';

describe('modules that are changed before they are compiled (PROVE-5)', () => {
  const edit = { file: 'main.go', from: 'Port: 443', to: 'Port: 443, Host: "$&"' };

  it('GIVEN a text that is there once THEN it is replaced as it stands', () => {
    expect(editText('{ Port: 443 }', edit)).toBe('{ Port: 443, Host: "$&" }');
  });

  it('GIVEN a text that is not there, or twice, as after a new pin THEN nothing is guessed', () => {
    expect(editText('{ Port: 80 }', edit)).toBeUndefined();
    expect(editText('{ Port: 443 } { Port: 443 }', edit)).toBeUndefined();
  });
});
