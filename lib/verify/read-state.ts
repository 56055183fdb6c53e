import { type JsonObject, objectOr } from '../core/json.ts';
import { type Applied, UnreadablePlanError } from './applied.ts';
import { readResource, stackOf } from './read-resource.ts';

/** Versions of a deployment that are written alike (sdk/go/common/apitype of pulumi/pulumi 3.248.0). */
const VERSIONS: readonly unknown[] = [3, 4];

/** Whether the document is what `pulumi stack export` prints. */
export function isState(document: JsonObject): boolean {
  return typeof document.version === 'number' && !('checkpoint' in document);
}

/** What a state says was applied. Throws {@link UnreadablePlanError} where it is of another version. */
export function readState(document: JsonObject): Applied {
  if (!VERSIONS.includes(document.version)) {
    throw new UnreadablePlanError(
      `The state is of version ${String(document.version)}; 3 and 4 can be read. Export it with Pulumi 3.`,
    );
  }
  const { resources: entries, pending_operations: pending } = objectOr(document.deployment);
  const list = Array.isArray(entries) ? entries.map(objectOr) : [];
  const deleted = list.filter((entry) => entry.delete === true).length;
  const resources = list
    .map((entry, index) => ({ entry, resource: readResource(entry, `deployment.resources[${index}]`) }))
    // What is only read belongs to others; what is to be deleted has been replaced already.
    .filter(({ entry }) => entry.delete !== true && entry.external !== true)
    .map(({ resource }) => resource);
  const stack = stackOf(resources);
  const interrupted = Array.isArray(pending) ? pending.length : 0;
  return {
    source: 'state',
    ...(stack === undefined ? {} : { stack }),
    resources,
    notes: [
      ...(interrupted > 0
        ? [`An update was interrupted: what became of ${interrupted} operations is not known. Run "pulumi refresh".`]
        : []),
      ...(deleted > 0 ? [`${deleted} replaced resources are still to be deleted by the next "pulumi up".`] : []),
    ],
  };
}
