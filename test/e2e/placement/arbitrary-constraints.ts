import fc from 'fast-check';
import { LABELS } from '../../../lib/catalog/labels.ts';
import { NODE_TAINTS } from '../../../lib/catalog/taints.ts';
import type { LabelSelector, Labels } from '../../../lib/core/label-selector.ts';
import type { NodeSelectorRequirement, NodeSelectorTerm } from '../../../lib/scheduling/node-selector.ts';
import type { PodAffinityTerm, PodToleration, TopologySpreadConstraint } from '../../../lib/scheduling/pod.ts';
import { defined, NODE_NAMES, sometimes, TOPOLOGY_KEYS } from './names.ts';

const pick = fc.constantFrom;

export const arbitraryPodLabels: fc.Arbitrary<Labels> = fc
  .record({
    app: pick('web', 'web', 'db', undefined),
    tier: pick('1', '2', undefined, undefined),
    rev: pick('r1', 'r2', undefined),
  })
  .map((labels) => defined(labels) as Labels);

const arbitrarySelector: fc.Arbitrary<LabelSelector> = fc.oneof(
  { weight: 4, arbitrary: pick('web', 'db').map((app) => ({ matchLabels: { app } })) },
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: pick('In', 'NotIn').map((operator) => ({
      matchExpressions: [{ key: 'tier', operator, values: ['1', '3'] } as const],
    })),
  },
  {
    weight: 1,
    arbitrary: pick('Exists', 'DoesNotExist').map((operator) => ({
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator } as const],
    })),
  },
);

export const arbitraryAffinityTerm: fc.Arbitrary<PodAffinityTerm> = fc
  .record({
    labelSelector: fc.option(arbitrarySelector, { freq: 12, nil: undefined }),
    topologyKey: pick(...TOPOLOGY_KEYS),
    namespaces: sometimes(fc.subarray(['case-a', 'case-b'], { minLength: 1 }), 4),
    namespaceSelector: sometimes(
      pick<LabelSelector>({}, { matchLabels: { team: 'blue' } }, { matchLabels: { team: 'none' } }),
      4,
    ),
    keys: pick('none', 'none', 'none', 'match', 'mismatch'),
  })
  .map(({ keys, ...term }) => {
    const list = term.labelSelector && ['rev'];
    return defined({
      ...term,
      matchLabelKeys: keys === 'match' ? list : undefined,
      mismatchLabelKeys: keys === 'mismatch' ? list : undefined,
    });
  });

export const arbitrarySpread: fc.Arbitrary<TopologySpreadConstraint> = fc
  .record({
    maxSkew: pick(1, 1, 2),
    topologyKey: pick(...TOPOLOGY_KEYS),
    whenUnsatisfiable: pick(...(['DoNotSchedule', 'DoNotSchedule', 'DoNotSchedule', 'ScheduleAnyway'] as const)),
    labelSelector: arbitrarySelector,
    minDomains: sometimes(pick(1, 2, 3), 3),
    nodeAffinityPolicy: sometimes(pick('Honor' as const, 'Ignore' as const), 2),
    nodeTaintsPolicy: sometimes(pick('Honor' as const, 'Ignore' as const), 2),
    matchLabelKeys: sometimes(fc.constant(['rev']), 4),
  })
  .map(({ minDomains, ...constraint }) =>
    defined({ ...constraint, minDomains: constraint.whenUnsatisfiable === 'DoNotSchedule' ? minDomains : undefined }),
  );

export const arbitraryToleration: fc.Arbitrary<PodToleration> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        key: pick('dedicated', 'gpu', NODE_TAINTS.unschedulable, NODE_TAINTS.notReady),
        operator: pick('Exists' as const, 'Equal' as const, undefined),
        value: pick('a', 'b', undefined),
        effect: pick('NoSchedule' as const, 'NoExecute' as const, undefined, undefined),
      })
      .map(({ value, ...toleration }) =>
        defined({ ...toleration, value: toleration.operator === 'Exists' ? undefined : value }),
      ),
  },
  { weight: 1, arbitrary: pick<PodToleration>({ operator: 'Exists' }, { operator: 'Exists', effect: 'NoSchedule' }) },
);

export const arbitraryNodeRequirement: fc.Arbitrary<NodeSelectorRequirement> = fc.oneof(
  fc.record({
    key: pick(LABELS.zone, 'disk'),
    operator: pick('In' as const, 'NotIn' as const),
    values: fc.subarray(['a', 'b', 'ssd'], { minLength: 1 }),
  }),
  fc.record({
    key: pick('disk', 'generation', LABELS.zone),
    operator: pick('Exists' as const, 'DoesNotExist' as const),
  }),
  fc.record({
    key: fc.constant('generation'),
    operator: pick('Gt' as const, 'Lt' as const),
    values: pick('0', '1', '2').map((value) => [value]),
  }),
);

const arbitraryField: fc.Arbitrary<NodeSelectorRequirement> = fc.record({
  key: fc.constant('metadata.name'),
  operator: pick(...(['In', 'In', 'NotIn'] as const)),
  values: pick(...NODE_NAMES.slice(0, 3), 'nobody').map((name) => [name]),
});

const list = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number) => fc.array(arbitrary, { minLength: 1, maxLength });

export const arbitraryNodeTerm: fc.Arbitrary<NodeSelectorTerm> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ matchExpressions: list(arbitraryNodeRequirement, 2) }) },
  { weight: 2, arbitrary: fc.record({ matchFields: list(arbitraryField, 2) }) },
  {
    weight: 1,
    arbitrary: fc.record({ matchExpressions: list(arbitraryNodeRequirement, 1), matchFields: list(arbitraryField, 1) }),
  },
  { weight: 1, arbitrary: fc.constant({}) },
);
