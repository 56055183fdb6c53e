import { describe, expect, it } from 'vitest';
import { PLATFORM_DAEMON_SETS } from '../../lib/catalog/daemon-sets.ts';
import { parseBytes, parseMillicpu } from '../../lib/core/quantity.ts';
import type { Toleration } from '../../lib/model/taint.ts';
import { tolerates } from '../../lib/scheduling/toleration.ts';
import { ImagePrePull } from '../../lib/workbench/image-pre-pull.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';

const STARTUP = { key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' } as const;

interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly resources: { readonly requests: { readonly cpu: string; readonly memory: string } };
  readonly securityContext: object;
}

interface PodSpec {
  readonly nodeSelector: object;
  readonly tolerations: readonly Toleration[];
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
  readonly securityContext: object;
  readonly imagePullSecrets?: readonly object[];
}

function build(input = eksInput()) {
  const platform = platformOf(input);
  const collected = synthesize((scope) => new ImagePrePull(scope, 'pre-pull', { platform }));
  const daemonSets = manifestsOf(collected, 'DaemonSet');
  const pods = Object.entries(daemonSets).map(([name, { spec }]) => {
    const { template } = spec as unknown as { readonly template: { readonly spec: PodSpec } };
    return { name, pod: template.spec };
  });
  return { platform, collected, pods };
}

describe('image pre-pull', () => {
  it('WB-7: GIVEN pools with and without sessions WHEN synthesised THEN each of the former gets the images of its profiles', () => {
    const { pods, collected } = build();
    expect(pods.map(({ name, pod }) => [name, pod.initContainers.slice(2).map(({ image }) => image)])).toEqual([
      ['image-pre-pull-cpu', ['111122223333.dkr.ecr.eu-central-1.amazonaws.com/ds-base:2026.11.0']],
      ['image-pre-pull-gpu', ['111122223333.dkr.ecr.eu-central-1.amazonaws.com/ds-cuda:2026.11.0']],
    ]);
    expect(collected.objects.map(({ origin }) => origin.construct)).toEqual([
      'test/pre-pull/cpu/daemon-set',
      'test/pre-pull/gpu/daemon-set',
    ]);
    expect(pods.map(({ pod }) => pod.nodeSelector)).toEqual([
      { 'atelier.dev/node-pool': 'cpu' },
      { 'atelier.dev/node-pool': 'gpu' },
    ]);
  });

  it.each([
    ['EKS', eksInput({ startupTaints: [STARTUP] })],
    ['on-premises', onPremisesInput({ startupTaints: [STARTUP] })],
  ])(
    'WB-7: GIVEN tainted pools (%s) WHEN synthesised THEN the pods get onto their nodes, also onto those that start',
    (_, input) => {
      const { platform, pods } = build(input);
      for (const { name, pod } of pods) {
        const pool = platform.pools.find((each) => name === `image-pre-pull-${each.name}`);
        for (const taint of [...(pool?.taints ?? []), STARTUP]) {
          expect(
            pod.tolerations.some((toleration) => tolerates(toleration, taint)),
            `${name} ${taint.key}`,
          ).toBe(true);
        }
        // Nothing that would let it onto other pools as well.
        expect(pod.tolerations.every(({ key }) => key !== undefined && key !== '')).toBe(true);
      }
    },
  );

  it('WB-7: GIVEN an image without a shell WHEN it is pulled THEN what runs in it is a program brought along', () => {
    const [first] = build().pods;
    const [tool, ...pulls] = first?.pod.initContainers ?? [];
    expect(tool?.command).toEqual(['cp', '/bin/busybox', '/tool/true']);
    expect(pulls.length).toBeGreaterThan(0);
    for (const { command } of pulls) expect(command).toEqual(['/tool/true']);
  });

  it('WB-7: GIVEN the overhead that was counted WHEN synthesised THEN no container asks for more, and none may do more', () => {
    const { imagePrePull } = PLATFORM_DAEMON_SETS;
    for (const { pod } of build(onPremisesInput()).pods) {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.imagePullSecrets).toEqual([{ name: 'registry' }]);
      for (const { resources, securityContext } of [...pod.initContainers, ...pod.containers]) {
        expect(parseMillicpu(resources.requests.cpu)).toBe(imagePrePull.millicpu);
        expect(parseBytes(resources.requests.memory)).toBe(imagePrePull.memoryBytes);
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });

  it('GIVEN a pool whose name fills a label WHEN synthesised THEN the name of the DaemonSet still fits', () => {
    const long = 'g'.repeat(63);
    const { nodePools, sessionProfiles } = eksInput();
    const { pods } = build(
      eksInput({
        nodePools: nodePools.map((pool) => (pool.name === 'gpu' ? { ...pool, name: long } : pool)),
        sessionProfiles: sessionProfiles.map((each) => (each.pool === 'gpu' ? { ...each, pool: long } : each)),
      }),
    );
    expect(pods.map(({ name }) => name.length)).toEqual(['image-pre-pull-cpu'.length, 63]);
  });
});
