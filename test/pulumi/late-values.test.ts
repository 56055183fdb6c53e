import { Output, output, secret } from '@pulumi/pulumi';
import { describe, expect, it } from 'vitest';
import { lateValue } from '../../lib/core/late-value.ts';
import { resolveLateValues } from '../../lib/pulumi/late-values.ts';

/** The parts of an Output that say what became of it; the SDK keeps them from its public types. */
interface Inside {
  readonly promise: () => Promise<unknown>;
  readonly isSecret: Promise<boolean>;
}
const inside = (value: unknown): Inside => output(value) as unknown as Inside;

const outputs = { 'homes-file-system-id': output('fs-1'), 'database-host': secret('db.internal') };

describe('late values in what is applied (CLOUD-3)', () => {
  it('GIVEN placeholders alone, inside a text, twice and deep in lists WHEN they are resolved THEN each is its value', async () => {
    const resolved = resolveLateValues(
      {
        spec: {
          volumeHandle: lateValue('homes-file-system-id'),
          mounts: [{ path: `${lateValue('homes-file-system-id')}:/a,${lateValue('homes-file-system-id')}:/b` }],
        },
        data: { url: `postgresql://${lateValue('database-host')}:5432/x?y=<late>` },
      },
      outputs,
    );
    expect(await inside(resolved).promise()).toEqual({
      spec: { volumeHandle: 'fs-1', mounts: [{ path: 'fs-1:/a,fs-1:/b' }] },
      data: { url: 'postgresql://db.internal:5432/x?y=<late>' },
    });
  });

  it('GIVEN a secret value WHEN a text is made with it THEN that text is secret, and no other', async () => {
    const { url, path } = resolveLateValues(
      { url: `x${lateValue('database-host')}`, path: `y${lateValue('homes-file-system-id')}` },
      outputs,
    );
    expect(await inside(url).isSecret).toBe(true);
    expect(await inside(path).isSecret).toBe(false);
  });

  it('GIVEN data without placeholders WHEN it is resolved THEN it stays plain data, and no Output is made', () => {
    const value = { a: [1, true, null, 'text', '<late:weather>'], b: { c: 'd' } };
    const resolved = resolveLateValues(value, outputs);
    expect(resolved).toEqual(value);
    expect(JSON.stringify(resolved)).toBe(JSON.stringify(value));
    expect(Output.isInstance(resolved.a)).toBe(false);
  });
});
