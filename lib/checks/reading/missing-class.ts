import type { Bundle } from '../../bundle/bundle.ts';
import { didYouMean } from '../../core/suggest.ts';
import type { Finding } from '../rule.ts';
import { inventoryOf } from './inventory.ts';
import { type PodSpec, podTemplates } from './pod-template.ts';
import { aboutRelease, valuesNamed } from './release-values.ts';

/** A kind of class that pods and charts name: priority, runtime, storage. */
export interface ClassReference {
  readonly kind: 'PriorityClass' | 'RuntimeClass' | 'StorageClass';
  /** Where pods name it, if they do. */
  readonly ofPod?: (spec: PodSpec) => string | undefined;
  /** What charts call such a value. */
  readonly keys: readonly string[];
  /** Classes that exist without the Bundle making them. */
  readonly given: (bundle: Bundle) => readonly string[];
}

/** Names of all classes of the kind that will exist. */
export function knownClasses(bundle: Bundle, { kind, given }: ClassReference): readonly string[] {
  const made = inventoryOf(bundle)
    .ofKind(kind)
    .map(({ manifest }) => manifest.metadata.name);
  return [...new Set([...made, ...given(bundle)])];
}

/** Every place where pods of the Bundle or values of its releases name a class that nobody makes. */
export function missingClasses(bundle: Bundle, reference: ClassReference): readonly Finding[] {
  const { kind, ofPod, keys } = reference;
  const known = knownClasses(bundle, reference);
  const isMissing = (name: unknown): name is string => typeof name === 'string' && name !== '' && !known.includes(name);
  const ofPods = podTemplates(bundle).flatMap(({ subject, origin, spec }): readonly Finding[] => {
    const name = ofPod?.(spec);
    if (!isMissing(name)) return [];
    return [
      { at: origin, subject, message: `names ${kind} "${name}", which nobody makes.`, hint: didYouMean(name, known) },
    ];
  });
  const ofReleases = bundle.releases.flatMap((release) =>
    valuesNamed(release, keys).flatMap(({ path, value }) =>
      isMissing(value)
        ? [aboutRelease(release, `${path} names ${kind} "${value}", which nobody makes.`, didYouMean(value, known))]
        : [],
    ),
  );
  return [...ofPods, ...ofReleases];
}
