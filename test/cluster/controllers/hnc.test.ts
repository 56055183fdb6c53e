import { describe, expect, it } from 'vitest';
import type { Bundle, Manifest } from '../../../lib/bundle/bundle.ts';
import { hnc } from '../../../lib/cluster/controllers/hnc.ts';
import { hncSettings } from '../../../lib/cluster/controllers/hnc-settings.ts';
import { DEFAULT_OPTIONS } from '../../../lib/cluster/state.ts';
import { synthesize } from '../../../stacks/synth.ts';
import { eksInput } from '../../fixtures/environment.ts';

function bundleWith(backend: 'hnc' | 'plain'): Bundle {
  const image = 'registry.example.org/hnc-manager:v1.1.0';
  const tenancy = { backend: backend === 'hnc' ? { kind: backend, image } : { kind: backend } };
  const synthesis = synthesize(eksInput({ tenancy, tenants: [{ name: 'lab', selfService: true }] }));
  if (synthesis.kind === 'invalid') throw new Error(JSON.stringify(synthesis.problems));
  return synthesis.bundle;
}

const context = {
  folder: '/clusters/one',
  ports: { 'hnc-webhooks': 1, 'hnc-metrics': 2, 'hnc-probes': 3 },
  options: DEFAULT_OPTIONS,
};

describe('HNC as a process (PROVE-5, TEN-2)', () => {
  const bundle = bundleWith('hnc');
  const manifests = bundle.objects.map(({ manifest }) => manifest);
  const settings = hncSettings(bundle);

  it('GIVEN an environment without HNC THEN it is not asked for', () => {
    expect(hncSettings(bundleWith('plain'))).toBeUndefined();
  });

  it('GIVEN the Deployment of an environment THEN names and arguments are read from it and its Service', () => {
    expect(settings).toMatchObject({
      serviceAccount: 'hnc-manager',
      certificate: 'hnc-webhook-server-cert',
      service: 'hnc-webhook-service',
    });
    expect(settings?.args).toContain('--enable-hrq');
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
  });

  it('GIVEN its arguments WHEN it is run THEN only where it listens is changed', async () => {
    if (settings === undefined) throw new Error('no settings');
    const [component] = hnc.components(settings).flat();
    const { args = [] } = (await component?.command(context)) ?? {};
    const given = new Set(settings.args);
    expect(args.filter((arg) => !given.has(arg))).toEqual([
      '--webhook-server-port=1',
      '--metrics-addr=127.0.0.1:2',
      '--health-probe-bind-address=127.0.0.1:3',
    ]);
    const kept = new Set(args);
    expect(settings.args.filter((arg) => !kept.has(arg))).toEqual([
      '--webhook-server-port=9443',
      '--metrics-addr=:8080',
      '--health-probe-bind-address=:8081',
    ]);
  });

  it('GIVEN webhook configurations THEN it answers those that lead to it alone', () => {
    const configurations = manifests.filter(({ kind }) => kind.endsWith('WebhookConfiguration'));
    expect(configurations.map((each) => hnc.answers?.(each))).toEqual([true, true]);
    const [first] = configurations;
    const other = { name: 'other.example.org', clientConfig: { url: 'https://example.org' } };
    const own = first?.webhooks as readonly object[];
    expect(hnc.answers?.({ ...first, webhooks: [...own, other] } as Manifest)).toBe(false);
    expect(hnc.answers?.({ ...first, webhooks: [] } as unknown as Manifest)).toBe(false);
  });

  it('GIVEN a Deployment that cannot be run THEN it says what it lacks', () => {
    const objects = bundle.objects.filter(
      ({ manifest }) => manifest.kind !== 'Service' || manifest.metadata.namespace !== 'hnc-system',
    );
    expect(() => hncSettings({ ...bundle, objects })).toThrow('Deployment hnc-manager cannot be run here');
  });
});
