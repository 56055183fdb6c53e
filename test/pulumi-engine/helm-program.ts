import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface HelmAnswer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface HelmOptions {
  /** @default none */
  readonly stdin?: string;
  /** Where helm is. @default that of this process */
  readonly path?: string;
}

/** Runs the real helm against a cluster; `kubeconfig` is its content or its path. It dies with this process. */
export async function runHelm(
  kubeconfig: string,
  words: readonly string[],
  { stdin = '', path = process.env.PATH ?? '' }: HelmOptions = {},
): Promise<HelmAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'atelier-helm-'));
  try {
    const file = existsSync(kubeconfig) ? kubeconfig : join(folder, 'kubeconfig');
    if (file !== kubeconfig) writeFileSync(file, kubeconfig, { mode: 0o600 });
    const helm = spawn('helm', [...words, '--kubeconfig', file], {
      env: { ...process.env, PATH: path },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // The real provider has Helm inside: whoever kills the one kills the other.
    const kill = (): void => {
      helm.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    };
    process.once('exit', kill);
    const [stdout, stderr]: [string[], string[]] = [[], []];
    helm.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
    helm.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
    helm.stdin.on('error', () => undefined);
    helm.stdin.end(stdin);
    const code = await new Promise<number | null>((done, fail) => helm.once('error', fail).once('close', done));
    process.off('exit', kill);
    return { code, stdout: stdout.join(''), stderr: stderr.join('') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
