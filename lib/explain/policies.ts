import type { BundleObject, Manifest } from '../bundle/bundle.ts';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { GPU_ACCESS_ALLOWED, LABELS } from '../catalog/labels.ts';
import { type LabelSelector, type Labels, labelMatcher } from '../core/label-selector.ts';
import { formatBytes, formatMillicpu } from '../core/quantity.ts';
import type { Platform } from '../model/platform.ts';
import type { Verdict } from './explanation.ts';
import type { Scene } from './scene.ts';

/** The part of ValidatingAdmissionPolicy and of Kyverno's ValidatingPolicy that decides what they look at. */
interface PolicySpec {
  readonly matchConstraints?: {
    readonly namespaceSelector?: LabelSelector;
    readonly resourceRules?: readonly {
      readonly operations: readonly string[];
      readonly resources: readonly string[];
    }[];
  };
}

/** A rule of admission as it looks at new pods of a namespace. */
export interface PolicyLook {
  readonly name: string;
  /** Objects that enforce it: in the API server, in Kyverno. */
  readonly objects: readonly BundleObject[];
  /** What it is for, in its own words. */
  readonly explanation: string;
  /** The exceptions that stand on it; `undefined` where it knows none. */
  readonly exceptions?: string;
}

const POLICY_KINDS = ['ValidatingAdmissionPolicy', 'ValidatingPolicy'];

const annotationsOf = ({ metadata }: Manifest): Labels => (metadata.annotations ?? {}) as Labels;

/** Labels of a namespace as policies see them; none where the Bundle does not make it. */
export function namespaceLabels({ bundle }: Scene, namespace: string): Labels {
  const object = bundle.objects.find(
    ({ manifest: { kind, metadata } }) => kind === 'Namespace' && metadata.name === namespace,
  );
  return { ...((object?.manifest.metadata.labels ?? {}) as Labels), [LABELS.namespaceName]: namespace };
}

/** Policies that look at pods as they are made in a namespace, one entry for each rule however often it is enforced. */
export function policiesOf(scene: Scene, namespace: string): readonly PolicyLook[] {
  const labels = namespaceLabels(scene, namespace);
  const looking = scene.bundle.objects.filter(({ manifest }) => {
    if (!POLICY_KINDS.includes(manifest.kind)) return false;
    const { namespaceSelector = {}, resourceRules = [] } = ((manifest.spec ?? {}) as PolicySpec).matchConstraints ?? {};
    const pods = resourceRules.some(
      ({ operations, resources }) => resources.includes('pods') && operations.includes('CREATE'),
    );
    return pods && labelMatcher(namespaceSelector)(labels);
  });
  return [...new Set(looking.map(({ manifest }) => manifest.metadata.name))].map((name) => {
    const objects = looking.filter(({ manifest }) => manifest.metadata.name === name);
    const told = objects.map(({ manifest }) => annotationsOf(manifest));
    const exceptions = told.find((each) => each[ANNOTATIONS.exceptions])?.[ANNOTATIONS.exceptions];
    return {
      name,
      objects,
      explanation: told.find((each) => each[ANNOTATIONS.explanation])?.[ANNOTATIONS.explanation] ?? '',
      ...(exceptions === undefined || exceptions === 'none' ? {} : { exceptions }),
    };
  });
}

/** What of a pod the platform's policies ask about. */
export interface JudgedPod {
  /** Name of its PriorityClass; empty: that of pods without one. */
  readonly priorityClass: string;
  readonly gpu: boolean;
  /** Limits, in millicores and bytes. */
  readonly cpu: number;
  readonly memory: number;
}

export interface PolicyVerdict {
  readonly verdict: Verdict;
  readonly sentence: string;
}

const passes = (sentence: string): PolicyVerdict => ({ verdict: 'fine', sentence });
const refuses = (sentence: string): PolicyVerdict => ({ verdict: 'stop', sentence });

function judgePriority({ environment }: Platform, tier: string, className: string): PolicyVerdict {
  const allowed = environment.priorities.filter(({ tiers }) => tiers.some((each) => each === tier));
  const names = allowed.map(({ name }) => name).join(', ');
  if (className === '' || allowed.some(({ name }) => name === className)) {
    return passes(`class ${className || '(none)'} is one of those of tier ${tier}`);
  }
  return refuses(`class ${className} is not for tier ${tier}; allowed there: ${names || 'none'}`);
}

function judgeCeiling({ environment }: Platform, tier: string, { cpu, memory }: JudgedPod): PolicyVerdict {
  if (tier !== 'tenant' && tier !== 'course') return passes('holds for pods of tenants and courses, not for this one');
  const { ceiling } = environment.policies;
  const most = `${formatMillicpu(ceiling.cpu)} CPU and ${formatBytes(ceiling.memory)} of one pod`;
  return cpu > ceiling.cpu || memory > ceiling.memory ? refuses(`above ${most}`) : passes(`within ${most}`);
}

function judgeByRule(platform: Platform, policy: string, labels: Labels, pod: JudgedPod): PolicyVerdict | undefined {
  const tier = labels[LABELS.tier] ?? '';
  switch (policy) {
    case 'allowed-priorities':
      return judgePriority(platform, tier, pod.priorityClass);
    case 'gpu-access':
      if (!pod.gpu) return passes('asks for no GPU');
      return labels[LABELS.gpuAccess] === GPU_ACCESS_ALLOWED
        ? passes('GPUs are allowed in the namespace')
        : refuses('the namespace may not use GPUs');
    case 'pod-ceiling':
      return judgeCeiling(platform, tier, pod);
    default:
      return undefined;
  }
}

/**
 * What a policy of the platform says to such a pod in a namespace of these labels, by the facts its expressions are made
 * from (lib/policies), exceptions for the whole namespace counted; `undefined` for a policy that is not the platform's.
 */
export function judge(platform: Platform, policy: string, labels: Labels, pod: JudgedPod): PolicyVerdict | undefined {
  const said = judgeByRule(platform, policy, labels, pod);
  if (said?.verdict !== 'stop') return said;
  const exceptions = platform.environment.policies.exceptions.filter(
    (each) => each.policy === policy && each.namespace === labels[LABELS.namespaceName],
  );
  const general = exceptions.find(({ serviceAccount }) => serviceAccount === undefined);
  if (general) {
    const { name, expires } = general;
    return passes(`${said.sentence}, but for exception ${name}${expires === undefined ? '' : ` until ${expires}`}`);
  }
  const own = exceptions.map(({ name, serviceAccount }) => `${serviceAccount} by exception ${name}`);
  return own.length === 0 ? said : refuses(`${said.sentence}, save for ServiceAccount ${own.join(', ')}`);
}
