import { displayFieldPath, fieldKeys } from '../change.ts';
import type { Consequence, ConsequenceRule } from '../consequence.ts';
import type { Risk } from '../risk.ts';
import { describeSubject } from '../subject.ts';
import { distinct, list } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

/** What a change of a field does, where that is more than a change in place. */
interface Effect {
  readonly risk: Risk;
  readonly effect: string;
}

const replaced = (lost: string): Effect => ({
  risk: 'dangerous',
  effect: `cannot change: AWS makes it anew, and ${lost}`,
});

interface Facts {
  /** What goes with it when it is deleted. */
  readonly loss: Effect;
  readonly fields: Readonly<Record<string, Effect>>;
}

const HOMES = 'the files of all users stay behind in the old one, or go with it';
const TABLES = 'everything Workbench has stored goes with the old one, backups included';
const CLUSTER = 'everything that runs in the cluster ends';

/** By kind of the cloud plan; node groups have a rule of their own. A cloud that is protected refuses what is dangerous. */
const FACTS: Readonly<Record<string, Facts>> = {
  vpc: {
    loss: { risk: 'dangerous', effect: 'the cluster in it goes too' },
    fields: { cidr: replaced('the cluster with it'), region: replaced('the cluster with it') },
  },
  'eks-cluster': {
    loss: { risk: 'dangerous', effect: CLUSTER },
    fields: {
      serviceCidr: replaced(CLUSTER),
      ownKey: replaced(CLUSTER),
      version: {
        risk: 'disruptive',
        effect:
          'is an upgrade, which cannot be taken back: the control plane first, one minor version at a time, then the nodes of every managed node group, one after another',
      },
      access: { risk: 'care', effect: 'lets people in or out as soon as it is applied' },
      publicAccess: {
        risk: 'care',
        effect: 'decides from where the API is reached; who applies it must be among them',
      },
    },
  },
  'eks-node-role': { loss: { risk: 'disruptive', effect: 'no node can join or stay' }, fields: {} },
  'eks-add-on': {
    loss: { risk: 'disruptive', effect: 'EKS takes its pods away: addresses, names or volumes stop to work' },
    fields: { version: { risk: 'care', effect: 'replaces its pods one after another' } },
  },
  'eks-pod-identity': {
    loss: { risk: 'disruptive', effect: 'its pods lose their rights in AWS at the next token' },
    fields: { policies: { risk: 'care', effect: 'is in force as soon as it is applied' } },
  },
  'interruption-queue': {
    loss: { risk: 'care', effect: 'Karpenter no longer hears of spot nodes that are about to go' },
    fields: {},
  },
  'kms-key': {
    loss: { risk: 'dangerous', effect: 'after 30 days nobody can read what it encrypted' },
    fields: {},
  },
  'efs-file-system': {
    loss: { risk: 'dangerous', effect: 'the files of all users go with it, and their backups' },
    fields: { ownKey: replaced(HOMES) },
  },
  'rds-postgresql': {
    loss: { risk: 'dangerous', effect: TABLES },
    fields: {
      ownKey: replaced(TABLES),
      database: replaced(TABLES),
      masterUser: replaced(TABLES),
      version: { risk: 'disruptive', effect: 'is an upgrade: Workbench has no database for some minutes' },
      instanceClass: { risk: 'disruptive', effect: 'restarts the server in its maintenance window' },
      multiZone: { risk: 'care', effect: 'makes or takes away the standby' },
    },
  },
  'ecr-repository': {
    loss: { risk: 'dangerous', effect: 'its images go with it, and pods that need them no longer start' },
    fields: {},
  },
  'cloudwatch-log-group': {
    loss: { risk: 'care', effect: 'the logs in it go with it' },
    fields: { retentionDays: { risk: 'care', effect: 'decides how long logs are kept, those there are too' } },
  },
};

export const cloudResource: ConsequenceRule = {
  id: 'cloud-resource',
  title: 'What happens in AWS: what is made anew, upgraded or lost',
  upstream: 'pulumi-aws 7 (properties that force replacement); Amazon EKS, RDS, EFS and KMS user guides',
  foresee: ({ changes }) =>
    changes.flatMap(({ subject, from, action, fields }): readonly Foreseen[] => {
      const gone = action === 'renamed' ? from : subject;
      const facts = gone?.type === 'cloud' ? FACTS[gone.kind] : undefined;
      if (!gone || !facts || action === 'added') return [];
      const about = describeSubject(gone);
      const causes = [subject];
      if (action !== 'changed') {
        const how =
          action === 'removed' ? 'is no longer there' : `becomes ${describeSubject(subject)} and is made anew`;
        return [{ risk: facts.loss.risk, about, message: `${how}: ${facts.loss.effect}.`, causes }];
      }
      const touched = distinct(fields.map(({ path }) => fieldKeys(path)[0] ?? ''));
      return touched.flatMap((key): readonly Foreseen[] => {
        const found = facts.fields[key];
        if (!found) return [];
        const paths = distinct(
          fields.filter(({ path }) => fieldKeys(path)[0] === key).map(({ path }) => displayFieldPath(path)),
        );
        return [{ risk: found.risk, about, message: `${list(paths, 3)} ${found.effect}.`, causes }];
      });
    }),
};
