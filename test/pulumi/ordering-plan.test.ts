import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APPLY_GROUPS, apiGroup, applyGroup } from '../../lib/bundle/apply-group.ts';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { PHASES } from '../../lib/bundle/phase.ts';
import { listEnvironments } from '../../lib/loader/find.ts';
import { orderingPlan, type PlannedResource } from '../../lib/pulumi/ordering-plan.ts';
import { synthesize } from '../../stacks/synth.ts';
import { bundleOf } from '../e2e/environments.ts';
import { randomEnvironment } from '../fixtures/random-environment.ts';

/** Groups whose definitions a chart brings. */
const GROUPS_OF_CHARTS: Readonly<Record<string, readonly string[]>> = {
  'karpenter-crd': ['karpenter.sh', 'karpenter.k8s.aws'],
  kyverno: ['policies.kyverno.io'],
  'kube-prometheus-stack': ['monitoring.coreos.com'],
};
/** Groups that every API server has. */
const BUILT_IN = /^$|^(apps|batch|policy)$|\.k8s\.io$/;

const subject = (resource: PlannedResource): string =>
  resource.kind === 'object'
    ? `${resource.object.manifest.kind} ${resource.object.manifest.metadata.namespace ?? ''}/${resource.object.manifest.metadata.name}`
    : `Release ${resource.release.namespace}/${resource.release.name}`;

/** API groups, and namespaces, that there are after a resource; `group:` and `namespace:` keep them apart. */
function provides(resource: PlannedResource): readonly string[] {
  if (resource.kind === 'release') {
    return (GROUPS_OF_CHARTS[resource.release.chart.name] ?? []).map((group) => `group:${group}`);
  }
  const { manifest } = resource.object;
  if (applyGroup(manifest) === 'definitions') return [`group:${(manifest.spec as { group: string }).group}`];
  return manifest.kind === 'Namespace' ? [`namespace:${manifest.metadata.name}`] : [];
}

function needs(resource: PlannedResource): readonly string[] {
  if (resource.kind === 'release') return [`namespace:${resource.release.namespace}`];
  const { manifest } = resource.object;
  const group = apiGroup(manifest);
  const { namespace } = manifest.metadata;
  return [
    ...(BUILT_IN.test(group) && group !== 'hnc.x-k8s.io' ? [] : [`group:${group}`]),
    ...(namespace === undefined ? [] : [`namespace:${namespace}`]),
  ];
}

/** Sentences about what would be applied before something that it needs. */
function tooEarly(bundle: Pick<Bundle, 'objects' | 'releases'>): readonly string[] {
  const steps = orderingPlan(bundle);
  const madeByUs = new Set(steps.flatMap(({ resources }) => resources.flatMap(provides)));
  const there = new Set<string>();
  const wrong: string[] = [];
  for (const { name, resources } of steps) {
    for (const resource of resources) {
      for (const need of needs(resource)) {
        // Namespaces that are not ours (kube-system, those of subtenants that HNC makes) are somebody else's to order.
        if (!there.has(need) && (madeByUs.has(need) || need.startsWith('group:'))) {
          wrong.push(`${name}: ${subject(resource)} before ${need}`);
        }
      }
    }
    for (const provided of resources.flatMap(provides)) there.add(provided);
  }
  return wrong;
}

/** A Bundle's objects in another order than they were made in. */
const shuffled = (bundle: Bundle): Pick<Bundle, 'objects' | 'releases'> => ({
  objects: [...bundle.objects].reverse(),
  releases: [...bundle.releases].reverse(),
});

describe('the ordering plan (CLOUD-3)', () => {
  it.each(listEnvironments().map(({ name }) => name))(
    'GIVEN %s WHEN it is planned THEN namespaces, definitions and charts come before what needs them, however it is listed',
    async (environment) => {
      const bundle = await bundleOf(environment);
      expect(tooEarly(bundle)).toEqual([]);
      expect(tooEarly(shuffled(bundle))).toEqual([]);
    },
  );

  it('GIVEN any valid environment WHEN it is planned THEN everything is in one step, and needs are met', () => {
    fc.assert(
      fc.property(randomEnvironment, (input) => {
        const synthesis = synthesize(input);
        if (synthesis.kind === 'invalid') return;
        const { bundle } = synthesis;
        const planned = orderingPlan(bundle).flatMap(({ resources }) => resources.map(subject));
        expect(planned).toHaveLength(bundle.objects.length + bundle.releases.length);
        expect(new Set(planned).size).toBe(planned.length);
        expect(tooEarly(bundle)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('GIVEN prod WHEN it is planned THEN phases follow each other, in each the groups, and releases come last', async () => {
    const names = orderingPlan(await bundleOf('prod')).map(({ name }) => name);
    const all = PHASES.flatMap((phase) => [...APPLY_GROUPS, 'releases'].map((group) => `${phase}/${group}`));
    expect(names).toEqual(all.filter((name) => names.includes(name)));
    expect(names).toContain('20-controllers/releases');
  });

  it('GIVEN an exception and its policy in one phase THEN the exception is a step of its own before it (POL)', async () => {
    const steps = orderingPlan(await bundleOf('prod'));
    const stepOf = (kind: string): number =>
      steps.findIndex(({ resources }) => resources.some((each) => subject(each).startsWith(`${kind} `)));
    expect(stepOf('PolicyException')).toBeGreaterThan(-1);
    expect(stepOf('PolicyException')).toBeLessThan(stepOf('ValidatingPolicy'));
    expect(stepOf('Deployment')).toBeLessThan(stepOf('ValidatingWebhookConfiguration'));
  });

  it.each(['dev', 'staging', 'prod'])(
    'GIVEN %s WHEN it is planned THEN the load balancer controller is there before whatever has an Ingress, and goes after it (CLOUD-1)',
    async (environment) => {
      const steps = orderingPlan(await bundleOf(environment));
      const stepOf = (holds: (resource: PlannedResource) => boolean): readonly number[] =>
        steps.flatMap(({ resources }, index) => (resources.some(holds) ? [index] : []));
      const [controller = Number.POSITIVE_INFINITY] = stepOf(
        (each) => each.kind === 'release' && each.release.chart.name === 'aws-load-balancer-controller',
      );
      const withIngress = stepOf((each) =>
        each.kind === 'release'
          ? JSON.stringify(each.release.values).includes('"ingressClassName"')
          : each.object.manifest.kind === 'Ingress',
      );
      expect(withIngress.length).toBeGreaterThan(0);
      // Not the same step: within one, releases come and go side by side.
      expect(Math.min(...withIngress)).toBeGreaterThan(controller);
    },
  );
});
