import { displayFieldPath, fieldKeys } from '../change.ts';
import type { Consequence, ConsequenceRule } from '../consequence.ts';
import { sessionsOn } from '../sessions.ts';
import { describeSubject } from '../subject.ts';
import { distinct, list } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

const GROUP = 'eks-managed-node-group';

/** Changes that EKS makes without touching a node; tags of the nodes stand in the launch template. */
const IN_PLACE: ReadonlySet<string> = new Set(['scaling', 'labels', 'taints', 'autoscalingTags', 'update']);
/** Fields of a group that cannot change: the group is deleted and made anew. */
const REPLACED: ReadonlySet<string> = new Set([
  'amiType',
  'capacityType',
  'cluster',
  'instanceTypes',
  'nodeRole',
  'zones',
]);

/** How a group reacts, by the first key of a field; everything else is in its launch template. */
function reaction(keys: readonly string[]): 'replace' | 'roll' | 'in-place' {
  if (REPLACED.has(keys[0] ?? '') || (keys[0] === 'image' && keys[1] === 'amiType')) return 'replace';
  return IN_PLACE.has(keys[0] ?? '') ? 'in-place' : 'roll';
}

export const nodeGroup: ConsequenceRule = {
  id: 'node-group',
  title: 'Managed node groups that are replaced, rolled or changed in place',
  upstream: 'Amazon EKS API UpdateNodegroupConfig, UpdateNodegroupVersion; "Update behavior" of managed node groups',
  foresee: ({ before, changes }) =>
    changes.flatMap((change): readonly Foreseen[] => {
      const { subject, action, fields } = change;
      if (subject.type !== 'cloud' || subject.kind !== GROUP) return [];
      const about = describeSubject(subject);
      const causes = [subject];
      if (action === 'added') return [{ risk: 'safe', about, message: 'is new.', causes }];
      const pool = before.cloud.find((each) => each.kind === GROUP && each.name === subject.name)?.spec.pool;
      const { protectedOnes, unprotected } = sessionsOn(before, typeof pool === 'string' ? pool : subject.name);
      const sessions = [...unprotected, ...protectedOnes];
      const ended =
        sessions.length > 0
          ? ` EKS drains its nodes by the eviction API, which ends running sessions (${list(sessions)}), protected or not.`
          : ' EKS drains its nodes; no session profile runs there.';
      const risk = sessions.length > 0 ? ('disruptive' as const) : ('care' as const);
      if (action !== 'changed') {
        return [
          {
            risk,
            about,
            message: `is ${action === 'removed' ? 'gone' : 'made anew under another name'}.${ended}`,
            causes,
          },
        ];
      }
      const kinds = fields.map((field) => ({
        kind: reaction(fieldKeys(field.path)),
        path: displayFieldPath(field.path),
      }));
      const of = (kind: string): readonly string[] =>
        distinct(kinds.filter((each) => each.kind === kind).map(({ path }) => path));
      if (of('replace').length > 0) {
        const message = `is replaced: ${list(of('replace'), 3)} cannot change, so the group is deleted and made anew.${ended}`;
        return [{ risk, about, message, causes }];
      }
      if (of('roll').length > 0) {
        return [
          {
            risk,
            about,
            message: `gets a new launch template (${list(of('roll'), 3)}): its nodes are replaced one after another.${ended}`,
            causes,
          },
        ];
      }
      const taints = of('in-place').some((path) => path.startsWith('taints') || path.startsWith('labels'));
      const note = taints ? ' Labels and taints reach new nodes only through EKS; running pods stay.' : '';
      return [
        {
          risk: taints ? 'care' : 'safe',
          about,
          message: `changes in place (${list(of('in-place'), 3)}).${note}`,
          causes,
        },
      ];
    }),
};
