import type { Json } from '../../core/json.ts';
import { parseQuantity } from '../../core/kubernetes-quantity.ts';
import type { Profile } from '../../model/profile.ts';
import type { Change, FieldChange } from '../change.ts';
import { fieldKeys, isUnder } from '../change.ts';
import type { Comparison, Consequence, ConsequenceRule } from '../consequence.ts';
import { changesOf, KINDS, manifestOf, mapAt, newNamespaces } from '../lookup.ts';
import type { Risk } from '../risk.ts';
import { describeSubject } from '../subject.ts';
import { list } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

const USE_UNKNOWN = 'What is used now is not known without the cluster: what runs goes on, what is new is refused.';
const nano = (value: Json | undefined): bigint | undefined => parseQuantity(String(value));

/** What one session asks for, under the name by which quotas count it. */
function asksFor(profile: Profile, resource: string): bigint {
  switch (resource) {
    case 'requests.cpu':
    case 'cpu':
      return BigInt(profile.cpu.request) * 10n ** 6n;
    case 'limits.cpu':
      return BigInt(profile.cpu.limit) * 10n ** 6n;
    case 'requests.memory':
    case 'memory':
      return BigInt(profile.memoryMB.request) * 10n ** 15n;
    case 'limits.memory':
      return BigInt(profile.memoryMB.limit) * 10n ** 15n;
    case 'pods':
      return 10n ** 9n;
    default:
      return resource === `requests.${profile.gpu?.resource}` ? BigInt(profile.gpu?.count ?? 0) * 10n ** 9n : 0n;
  }
}

/** Profiles of which one session fitted the quota before and does not fit it now. */
function squeezed(
  { before, after }: Comparison,
  resource: string,
  old: bigint | undefined,
  now: bigint,
): readonly string[] {
  const profiles = after.platform?.profiles ?? before.platform?.profiles ?? [];
  return profiles
    .filter((profile) => {
      const asked = asksFor(profile, resource);
      return asked > now && (old === undefined || asked <= old);
    })
    .map(({ name }) => name);
}

function fieldConsequence(comparison: Comparison, change: Change, field: FieldChange): readonly Foreseen[] {
  const resource = fieldKeys(field.path).at(-1) ?? '';
  const about = describeSubject(change.subject);
  const found = (risk: Risk, message: string): readonly Foreseen[] => [
    { risk, about, message, causes: [change.subject] },
  ];
  const [old, now] = [nano(field.before), nano(field.after)];
  if (field.action === 'removed')
    return found('care', `${resource} is no longer limited (before: ${String(field.before)}).`);
  if (now === undefined) return [];
  const was = field.action === 'added' ? 'not limited before' : `before: ${String(field.before)}`;
  if (old !== undefined && now > old) return found('safe', `${resource} is raised to ${String(field.after)} (${was}).`);
  const lost = squeezed(comparison, resource, old, now);
  if (now === 0n && (old === undefined || old > 0n)) {
    return found('disruptive', `${resource} falls to 0 (${was}): nothing new that asks for it starts. ${USE_UNKNOWN}`);
  }
  const less = `${resource} is ${field.action === 'added' ? 'limited' : 'lowered'} to ${String(field.after)} (${was})`;
  return lost.length > 0
    ? found('disruptive', `${less}: less than one session of ${list(lost)}. ${USE_UNKNOWN}`)
    : found('care', `${less}. ${USE_UNKNOWN}`);
}

export const quota: ConsequenceRule = {
  id: 'quota',
  title: 'Quotas that are lowered, raised, new or gone',
  upstream: 'Kubernetes 1.36 pkg/quota/v1, admission plugin ResourceQuota; HNC 1.1.0 HierarchicalResourceQuota',
  foresee: (comparison) => {
    const changes = [KINDS.resourceQuota, KINDS.hierarchicalQuota].flatMap((kind) =>
      changesOf(comparison.changes, kind),
    );
    const fresh = newNamespaces(comparison.changes);
    return changes.flatMap((change): readonly Foreseen[] => {
      if (change.subject.type === 'object' && fresh.has(change.subject.namespace ?? '')) return [];
      const about = describeSubject(change.subject);
      const causes = [change.subject];
      if (change.action === 'removed') {
        return [
          { risk: 'care', about, message: 'is no longer there: what it limited is not limited any more.', causes },
        ];
      }
      if (change.action === 'added') {
        const hard = mapAt(manifestOf(comparison.after, change.subject), 'spec.hard');
        const limits = list(
          Object.entries(hard).map(([name, value]) => `${name} ${String(value)}`),
          4,
        );
        return [{ risk: 'care', about, message: `is new: ${limits}. ${USE_UNKNOWN}`, causes }];
      }
      return change.fields
        .filter((field) => isUnder(field, 'spec.hard'))
        .flatMap((field) => fieldConsequence(comparison, change, field));
    });
  },
};
