import type { Json } from '../../core/json.ts';
import type { Change } from '../change.ts';
import type { Comparison, Consequence, ConsequenceRule } from '../consequence.ts';
import { kindKey, listAt, manifestOf, newNamespaces, textAt } from '../lookup.ts';
import { describeSubject } from '../subject.ts';
import { list } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

const BINDINGS: ReadonlySet<string> = new Set([
  'rbac.authorization.k8s.io/RoleBinding',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
]);
const ROLES: ReadonlySet<string> = new Set(['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/ClusterRole']);

function subjectNames(binding: Json | undefined): readonly string[] {
  return listAt(binding, 'subjects').map((each) => {
    const namespace = textAt(each, 'namespace');
    return `${textAt(each, 'kind')} ${namespace === '' ? '' : `${namespace}/`}${textAt(each, 'name')}`;
  });
}

const words = (rule: Json, key: string): string => listAt(rule, key).map(String).join(',');

function grants(role: Json | undefined): readonly string[] {
  return listAt(role, 'rules').map(
    (rule) => `${words(rule, 'verbs')} on ${words(rule, 'resources') || words(rule, 'nonResourceURLs')}`,
  );
}

const without = (list: readonly string[], other: readonly string[]): readonly string[] =>
  list.filter((each) => !other.includes(each));

function foreseeChange({ before, after }: Comparison, change: Change): readonly Foreseen[] {
  const kind = kindKey(change.subject);
  if (!BINDINGS.has(kind) && !ROLES.has(kind)) return [];
  const read = BINDINGS.has(kind) ? subjectNames : grants;
  const [old, now] = [read(manifestOf(before, change.from ?? change.subject)), read(manifestOf(after, change.subject))];
  const [gained, lost] = [without(now, old), without(old, now)];
  const role = textAt(manifestOf(after, change.subject) ?? manifestOf(before, change.subject), 'roleRef.name');
  const verb = BINDINGS.has(kind)
    ? { gain: `gives ${role} to`, lose: `takes ${role} from` }
    : { gain: 'allows', lose: 'no longer allows' };
  const parts = [
    ...(gained.length > 0 ? [`${verb.gain} ${list(gained, 4)}`] : []),
    ...(lost.length > 0 ? [`${verb.lose} ${list(lost, 4)}`] : []),
  ];
  if (parts.length === 0) return [];
  return [
    { risk: 'care', about: describeSubject(change.subject), message: `${parts.join('; ')}.`, causes: [change.subject] },
  ];
}

export const accessRight: ConsequenceRule = {
  id: 'access-right',
  title: 'Who gains or loses which rights',
  upstream: 'Kubernetes 1.36 plugin/pkg/auth/authorizer/rbac',
  foresee: (comparison) => {
    const fresh = newNamespaces(comparison.changes);
    return comparison.changes
      .filter(({ subject }) => subject.type === 'object' && !fresh.has(subject.namespace ?? ''))
      .flatMap((change) => foreseeChange(comparison, change));
  },
};
