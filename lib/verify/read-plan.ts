import { type JsonObject, objectOr } from '../core/json.ts';
import { type Applied, UnreadablePlanError } from './applied.ts';
import { readResource, type StackResource, stackOf } from './read-resource.ts';

// The digest of `pulumi preview --json`: pkg/display/json.go and pkg/backend/display/json.go of pulumi/pulumi 3.248.0.

/** Steps after which there is no resource, or that only look at one. */
const NOT_APPLIED: ReadonlySet<string> = new Set([
  'delete',
  'delete-replaced',
  'diff',
  'discard',
  'discard-replaced',
  'read',
  'read-replacement',
  'refresh',
  'remove-pending-replace',
]);

/** Whether the document is what `pulumi preview --json` prints. */
export function isPlan(document: JsonObject): boolean {
  return Array.isArray(document.steps) || 'changeSummary' in document || Array.isArray(document.diagnostics);
}

function refuseFailed({ diagnostics }: JsonObject): void {
  if (!Array.isArray(diagnostics)) return;
  const errors = diagnostics.map(objectOr).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return;
  const message = String(first.message ?? '').trim();
  throw new UnreadablePlanError(
    `The preview failed, so its plan is not whole. Mend this first, and make it again: ${message}`,
  );
}

/** Pulumi leaves out what it would not change, unless asked; then most of an environment could not be compared. */
function refuseShortened(document: JsonObject, shown: number): void {
  const { same } = objectOr(document.changeSummary);
  if (typeof same !== 'number' || same <= shown) return;
  throw new UnreadablePlanError(
    `The plan leaves out ${same - shown} resources that stay the same. Make it with "pulumi preview --json --show-sames".`,
  );
}

/** What a plan would apply. Throws {@link UnreadablePlanError} where it failed or leaves things out. */
export function readPlan(document: JsonObject): Applied {
  refuseFailed(document);
  const steps = Array.isArray(document.steps) ? document.steps.map(objectOr) : [];
  refuseShortened(document, steps.filter(({ op }) => op === 'same').length);
  const resources = new Map<string, StackResource>();
  for (const [index, { op, newState }] of steps.entries()) {
    if (typeof op !== 'string') throw new UnreadablePlanError(`steps[${index}] says no operation ("op").`);
    if (NOT_APPLIED.has(op)) continue;
    // A replacement has several steps of one URN, all with the state that it leads to.
    const resource = readResource(newState, `steps[${index}].newState`);
    resources.set(resource.urn, resource);
  }
  const all = [...resources.values()];
  const stack = stackOf(all);
  return { source: 'plan', ...(stack === undefined ? {} : { stack }), resources: all, notes: [] };
}
