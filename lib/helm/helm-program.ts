import { spawn } from 'node:child_process';

/** Thrown where a chart cannot be rendered: which release, what was looked for, and what helm says. */
export class HelmError extends Error {
  override readonly name = 'HelmError';
}

export interface HelmAnswer {
  readonly code: number;
  readonly stdout: string;
  /** What helm says of a failure, without its own prefix. */
  readonly message: string;
}

const NO_HELM =
  'Charts are rendered by helm, and none is on the PATH. Install helm 3.16 or later (https://helm.sh), or leave --render-charts out.';

/**
 * Runs the helm that is on the PATH.
 *
 * @throws HelmError where there is none.
 */
export function runHelm(words: readonly string[], stdin = ''): Promise<HelmAnswer> {
  return new Promise((done, fail) => {
    const child = spawn('helm', words, { stdio: ['pipe', 'pipe', 'pipe'] });
    const [out, messages]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (data: Buffer) => out.push(data));
    child.stderr.on('data', (data: Buffer) => messages.push(data));
    child.once('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ENOENT' ? new HelmError(NO_HELM) : error);
    });
    // A helm that ends before it has read its values says why on its own.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
    child.once('close', (code) => {
      const message = Buffer.concat(messages)
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '' && !/^(level=|WARNING|coalesce)/.test(line))
        .join(' ')
        .replace(/^Error: /, '')
        .trim();
      done({ code: code ?? 1, stdout: Buffer.concat(out).toString('utf8'), message });
    });
  });
}
