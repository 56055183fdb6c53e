import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connectToCluster } from '../../lib/cluster/access.ts';
import { stopCluster } from '../../lib/cluster/down.ts';
import { identify, isRunning } from '../../lib/cluster/process.ts';
import { type ClusterProcess, clusterFolder, readState, writeState } from '../../lib/cluster/state.ts';
import { allClusters, clusterStatus } from '../../lib/cluster/status.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { packageRoot } from '../../lib/core/asset.ts';
import { describeWithClusters, silent } from './local-cluster.ts';

function processesOf(name: string): readonly ClusterProcess[] {
  return readState(clusterFolder(name))?.processes ?? [];
}

const running = (processes: readonly ClusterProcess[]): readonly string[] =>
  processes.filter(isRunning).map(({ name }) => name);

async function makeNamespace(cluster: string, name: string): Promise<void> {
  const client = await connectToCluster(cluster);
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  expect((await client.send({ method: 'POST', path: '/api/v1/namespaces', body })).status).toBe(201);
  client.close();
}

async function hasNamespace(cluster: string, name: string): Promise<boolean> {
  const client = await connectToCluster(cluster);
  const { status } = await client.send({ method: 'GET', path: `/api/v1/namespaces/${name}` });
  client.close();
  return status === 200;
}

async function kill(cluster: string, ...names: readonly string[]): Promise<void> {
  for (const each of processesOf(cluster).filter(({ name }) => names.includes(name))) {
    process.kill(each.pid, 'SIGKILL');
    while (isRunning(each)) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describeWithClusters('processes of a local cluster (PROVE-5)', () => {
  it('GIVEN two names WHEN both are started THEN they run side by side, apart, and down leaves nothing', async () => {
    await startCluster('one', silent);
    await startCluster('two', silent);
    await makeNamespace('one', 'only-here');
    expect(await hasNamespace('two', 'only-here')).toBe(false);
    expect(allClusters().map(({ name, condition }) => [name, condition])).toEqual([
      ['one', 'running'],
      ['two', 'running'],
    ]);
    expect((await startCluster('one', silent)).started).toBe(false);
    const processes = [...processesOf('one'), ...processesOf('two')];
    expect(running(processes)).toHaveLength(12);
    for (const name of ['one', 'two']) await stopCluster(name, false);
    expect(running(processes)).toEqual([]);
    expect(allClusters()).toEqual([]);
  });

  it('GIVEN processes that were killed WHEN up is called THEN it ends the rest, starts anew and finds the data', async () => {
    await startCluster('killed', silent);
    await makeNamespace('killed', 'kept');
    const before = processesOf('killed');
    await kill('killed', 'kube-apiserver', 'kube-scheduler');
    expect(clusterStatus('killed')?.condition).toBe('broken');
    await expect(connectToCluster('killed')).rejects.toThrow('Start it with "atelier cluster up --name killed"');

    const said: string[] = [];
    await startCluster('killed', (line) => said.push(line));
    expect(said[0]).toBe('ending what is left of an earlier run: etcd, service-network, kube-controller-manager, kwok');
    expect(running(before)).toEqual([]);
    expect(await hasNamespace('killed', 'kept')).toBe(true);
    await stopCluster('killed', false);
  });

  it('GIVEN a state whose numbers other processes have now WHEN a cluster goes down THEN those are left alone', async () => {
    const folder = clusterFolder('stale');
    await startCluster('stale', silent);
    const state = readState(folder);
    if (state === undefined) throw new Error('no state');
    await stopCluster('stale', true);
    // Our own number, with the start time of a process that is gone.
    writeState(folder, { ...state, processes: [{ name: 'etcd', pid: process.pid, startedAt: '1' }] });
    expect(clusterStatus('stale')?.condition).toBe('broken');
    await stopCluster('stale', false);
    expect(existsSync(folder)).toBe(false);
  });

  it('GIVEN a port that somebody took WHEN the cluster starts again THEN it says so and uses another', async () => {
    await startCluster('ports', silent);
    const port = readState(clusterFolder('ports'))?.ports['kube-apiserver'] ?? 0;
    await stopCluster('ports', true);
    const intruder = createServer();
    await new Promise<void>((resolve) => intruder.listen(port, '127.0.0.1', resolve));
    const said: string[] = [];
    await startCluster('ports', (line) => said.push(line));
    intruder.close();
    expect(said.join('\n')).toContain(`port ${port} of kube-apiserver is taken by another program; using`);
    expect(clusterStatus('ports')?.condition).toBe('running');
    await stopCluster('ports', false);
  });

  it('GIVEN a process that dies while it starts WHEN up fails THEN it says why, ends the others, and up works later', async () => {
    const { folder } = await startCluster('dying', silent);
    await stopCluster('dying', true);
    // Nothing else reads it.
    const key = join(folder, 'pki/sa.pub');
    const good = readFileSync(key);
    writeFileSync(key, 'not a key');
    const failure = await startCluster('dying', silent).catch((error: unknown) => error);
    expect(String(failure)).toMatch(/kube-apiserver ended while it started\. The end of \S+kube-apiserver\.log:\n.*\S/);
    expect(running(processesOf('dying'))).toEqual([]);
    writeFileSync(key, good);
    expect((await startCluster('dying', silent)).started).toBe(true);
    await stopCluster('dying', false);
  });

  it('GIVEN a lock WHEN its owner is gone THEN it does not count, and WHEN its owner runs THEN up says who', async () => {
    const { folder } = await startCluster('locked', silent);
    writeFileSync(join(folder, 'lock'), `${process.pid}\n1\n`);
    expect((await startCluster('locked', silent)).started).toBe(false);
    writeFileSync(join(folder, 'lock'), `${process.pid}\n${identify(process.pid)?.startedAt}\n`);
    await expect(startCluster('locked', silent)).rejects.toThrow(`Another command (process ${process.pid})`);
    writeFileSync(join(folder, 'lock'), '');
    await stopCluster('locked', false);
  });

  it('GIVEN Ctrl-C while it starts WHEN the command ends THEN nothing it started runs', async () => {
    const program = join(packageRoot, 'bin/atelier.js');
    const run = execFile(process.execPath, [program, 'cluster', 'up', '--name', 'interrupted']);
    const ended = new Promise<number | null>((resolve) => run.on('close', resolve));
    let seen: readonly ClusterProcess[] = [];
    while (seen.length < 2 && run.exitCode === null) {
      seen = processesOf('interrupted');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(running(seen).slice(0, 2)).toEqual(['etcd', 'service-network']);
    run.kill('SIGINT');
    const started = processesOf('interrupted');
    expect(await ended).toBe(130);
    expect(running([...seen, ...started])).toEqual([]);
    expect((await startCluster('interrupted', silent)).started).toBe(true);
    await stopCluster('interrupted', false);
  });
});
