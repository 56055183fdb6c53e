import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { StaticNodes } from '../../lib/nodes/static-nodes.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';
import { startupTaints } from './sample-pools.ts';

const platform = platformOf(onPremisesInput({ startupTaints }));
const { files, cloud } = synthesize((scope) => new StaticNodes(scope, 'nodes', { platform }));
const file = (path: string): string => files.find((each) => each.path === path)?.content ?? '';

describe('NODE-2 static nodes', () => {
  test('GIVEN machines WHEN rendered THEN each is in the plan with labels, taints and the devices it will offer', () => {
    expect(cloud.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'static-node cpu-1',
      'static-node cpu-2',
      'static-node a100-1',
      'static-node t4-1',
      'static-node t4-2',
    ]);
    expect(cloud[2]?.spec.allocatable).toEqual({
      cpu: '126',
      memory: '1000Gi',
      'ephemeral-storage': '100Gi',
      pods: '110',
      'nvidia.com/mig-1g.5gb': '8',
      'nvidia.com/mig-2g.10gb': '4',
      'nvidia.com/mig-3g.20gb': '4',
    });
    expect(cloud[3]?.spec.allocatable).toMatchObject({ 'nvidia.com/gpu.shared': '8' });
  });

  test('NODE-4 GIVEN startup taints WHEN a new node joins THEN kubelet registers pool and startup taints', () => {
    expect(parse(file('nodes/t4/10-atelier.conf'))).toEqual({
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      registerWithTaints: [
        { key: 'atelier.dev/dedicated', value: 't4', effect: 'NoSchedule' },
        { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' },
        { key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' },
        { key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' },
      ],
    });
    expect(file('nodes/t4/kubelet.env')).toBe(
      'KUBELET_EXTRA_ARGS=--node-labels=nvidia.com/gpu.present=true,' +
        'nvidia.com/device-plugin.config=time-slicing-4-renamed,atelier.dev/node-pool=t4\n',
    );
  });

  test('GIVEN a pool whose name YAML 1.1 takes for a boolean WHEN rendered THEN kubelet reads a text', () => {
    const nodePools = onPremisesInput().nodePools.map((pool) => (pool.name === 't4' ? { ...pool, name: 'on' } : pool));
    const sessionProfiles = onPremisesInput().sessionProfiles.slice(0, 1);
    const named = platformOf(onPremisesInput({ nodePools, sessionProfiles }));
    const rendered = synthesize((scope) => new StaticNodes(scope, 'nodes', { platform: named })).files;
    const text = rendered.find(({ path }) => path === 'nodes/on/10-atelier.conf')?.content ?? '';
    expect(parse(text, { version: '1.1' }).registerWithTaints[0].value).toBe('on');
  });

  test('GIVEN no taints at all WHEN rendered THEN there is no empty drop-in', () => {
    const plain = platformOf(onPremisesInput());
    const paths = synthesize((scope) => new StaticNodes(scope, 'nodes', { platform: plain })).files.map(
      ({ path }) => path,
    );
    expect(paths).not.toContain('nodes/cpu/10-atelier.conf');
    expect(paths).toContain('nodes/t4/10-atelier.conf');
  });

  test('GIVEN nodes of EC2 only WHEN rendered THEN nothing', () => {
    const elastic = platformOf(eksInput());
    const collected = synthesize((scope) => new StaticNodes(scope, 'nodes', { platform: elastic }));
    expect([collected.files, collected.cloud]).toEqual([[], []]);
  });
});

describe('label-nodes.sh', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'atelier-'));
    // Writes down what it is asked; every node seems to have the taint of a dedicated pool.
    const fake = `#!/bin/sh
echo "$@" >> ${folder}/calls
if [ "$1" = get ]; then printf 'other:NoExecute\\natelier.dev/dedicated:NoSchedule\\n'; fi
`;
    writeFileSync(join(folder, 'kubectl'), fake);
    chmodSync(join(folder, 'kubectl'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('GIVEN the machines WHEN run THEN every node gets its labels and taints, and loses those of other pools', () => {
    const script = join(folder, 'label-nodes.sh');
    writeFileSync(script, file('nodes/label-nodes.sh'));
    const run = spawnSync('bash', [script], { env: { ...process.env, KUBECTL: join(folder, 'kubectl') } });
    expect([run.status, String(run.stderr)]).toEqual([0, '']);
    const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
    const changes = calls.filter((call) => !call.startsWith('get '));
    expect(changes.filter((call) => call.includes(' cpu-2 '))).toEqual([
      'label node cpu-2 atelier.dev/node-pool=cpu atelier.dev/mig-1g.5gb- atelier.dev/mig-2g.10gb- ' +
        'atelier.dev/mig-3g.20gb- nvidia.com/device-plugin.config- nvidia.com/gpu.present- nvidia.com/mig.config- ' +
        '--overwrite --dry-run=none',
      'taint node cpu-2 atelier.dev/dedicated:NoSchedule- --dry-run=none',
    ]);
    expect(changes.filter((call) => call.includes(' t4-1 ')).at(-1)).toBe(
      'taint node t4-1 atelier.dev/dedicated=t4:NoSchedule nvidia.com/gpu=present:NoSchedule --overwrite --dry-run=none',
    );
    // Startup taints would stop a node that is at work.
    expect(changes.join('\n')).not.toContain('not-ready');
  });
});
