import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HNC_NAMESPACE } from '../../model/namespaces.ts';
import { messageOf } from '../api-client.ts';
import { ClusterError } from '../cluster-error.ts';
import type { Command } from '../component.ts';
import type { ControllerStart } from '../controller.ts';
import { failureOf } from '../logs.ts';
import { isRunning, startProcess, stopProcess } from '../process.ts';
import { logPath } from '../processes.ts';
import { HNC_CERTIFICATE_FOLDER } from '../tools.ts';
import type { HncSettings } from './hnc-settings.ts';

type Start = ControllerStart<HncSettings>;

const FILES = ['ca.crt', 'tls.crt', 'tls.key'] as const;
const FIRST_START_MS = 60_000;
const POLL_MS = 100;
const GRACE_MS = 5_000;

/** Content of the Secret that the manager keeps its certificate in; undefined while it is empty. */
async function readCertificate({ client, settings }: Start): Promise<Readonly<Record<string, string>> | undefined> {
  const path = `/api/v1/namespaces/${HNC_NAMESPACE}/secrets/${settings.certificate}`;
  const answer = await client.send({ method: 'GET', path });
  if (answer.status !== 200) throw new ClusterError(`HNC's certificate cannot be read: ${messageOf(answer)}`);
  const { data } = answer.body as { readonly data?: Readonly<Record<string, string>> };
  return FILES.every((file) => data?.[file]) ? data : undefined;
}

/** Runs the manager until it ends by itself, which it does after its first certificate, to be started again with it. */
async function firstStart({ context: { folder }, signal }: Start, { program, args, env }: Command): Promise<void> {
  const log = logPath(folder, 'hnc-manager');
  const process = await startProcess(program, args, { log, cwd: folder, env });
  try {
    for (const end = Date.now() + FIRST_START_MS; isRunning(process); await sleep(POLL_MS)) {
      signal?.throwIfAborted();
      if (Date.now() > end) throw new ClusterError(`HNC made no certificate within 60 s. ${failureOf(log)}`);
    }
  } finally {
    await stopProcess(process, GRACE_MS);
  }
}

/**
 * Brings the certificate of HNC's webhooks from its Secret to where the manager reads it, as the kubelet does; has it
 * made first where there is none.
 */
export async function mountHncCertificate(start: Start, command: Command): Promise<void> {
  const { folder } = start.context;
  let certificate = await readCertificate(start);
  if (certificate === undefined) {
    await firstStart(start, command);
    certificate = await readCertificate(start);
  }
  if (certificate === undefined) {
    throw new ClusterError(`HNC ended without a certificate. ${failureOf(logPath(folder, 'hnc-manager'))}`);
  }
  const mounted = join(folder, HNC_CERTIFICATE_FOLDER);
  mkdirSync(mounted, { recursive: true, mode: 0o700 });
  for (const file of FILES) {
    writeFileSync(join(mounted, file), Buffer.from(certificate[file] ?? '', 'base64'), { mode: 0o600 });
  }
}
