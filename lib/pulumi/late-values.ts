import { concat, type Input, type Inputs } from '@pulumi/pulumi/output.js';
import type { BundleObject, BundleRelease } from '../bundle/bundle.ts';
import type { Json, JsonObject } from '../core/json.ts';
import { lateValue, lateValuesIn, splitAtLateValues } from '../core/late-value.ts';
import type { LateOutputs } from './cloud-outputs.ts';
import { objectIdentity, releaseIdentity } from './resource-identity.ts';

/** Plain data, or what it becomes once its late values are known. */
type LateInput = Input<string> | Exclude<Json, string> | readonly LateInput[] | { readonly [key: string]: LateInput };

/** A secret stays one: an Output that is made of another takes over whether it is secret. */
function resolveText(text: string, outputs: LateOutputs): Input<string> {
  const parts = splitAtLateValues(text).map((part) =>
    typeof part === 'string' ? part : (outputs[part.late] ?? lateValue(part.late)),
  );
  return parts.every((part) => typeof part === 'string') ? text : concat(...parts);
}

function resolve(value: Json, outputs: LateOutputs): LateInput {
  if (typeof value === 'string') return value.includes('<late:') ? resolveText(value, outputs) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => resolve(item, outputs));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) => (child === undefined ? [] : [[key, resolve(child, outputs)]])),
  );
}

/** The value with every placeholder replaced, in whatever text and however deep it is. */
export function resolveLateValues(value: JsonObject, outputs: LateOutputs): Inputs {
  return resolve(value, outputs) as Inputs;
}

/** Sentences about what waits for values that nobody has; empty where all are there. */
export function missingLateValues(
  { objects, releases }: { readonly objects: readonly BundleObject[]; readonly releases: readonly BundleRelease[] },
  outputs: LateOutputs,
): readonly string[] {
  const missing = (subject: string, value: JsonObject): readonly string[] =>
    lateValuesIn(value)
      .filter((name) => outputs[name] === undefined)
      .map((name) => `${subject} waits for "${name}", which only a cloud that Atelier makes can tell.`);
  return [
    ...objects.flatMap(({ manifest }) => missing(objectIdentity(manifest).name, manifest)),
    ...releases.flatMap((release) => missing(releaseIdentity(release).name, release.values)),
  ];
}
