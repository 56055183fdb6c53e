import type { ConsequenceRule } from '../consequence.ts';
import { kindKey } from '../lookup.ts';
import type { Risk } from '../risk.ts';
import { describeSubject } from '../subject.ts';

/** What goes with an object of that kind. Policies, quotas, pools and definitions have rules of their own. */
const LOSS: Readonly<Record<string, { readonly risk: Risk; readonly effect: string }>> = {
  '/Namespace': { risk: 'dangerous', effect: 'everything in it is deleted, pods and volume claims too' },
  '/PersistentVolumeClaim': {
    risk: 'dangerous',
    effect: 'its volume and what is on it are deleted, unless the reclaim policy is Retain',
  },
  '/PersistentVolume': { risk: 'dangerous', effect: 'pods that mount it keep it until they end, and none can after' },
  '/Secret': { risk: 'disruptive', effect: 'pods that read it do not start any more' },
  '/ConfigMap': { risk: 'disruptive', effect: 'pods that read it do not start any more' },
  '/ServiceAccount': { risk: 'disruptive', effect: 'pods that run as it are refused, and its tokens end' },
  '/Service': { risk: 'disruptive', effect: 'its name and address stop to answer' },
  'apps/Deployment': { risk: 'disruptive', effect: 'its pods end' },
  'apps/StatefulSet': { risk: 'disruptive', effect: 'its pods end; their claims stay' },
  'apps/DaemonSet': { risk: 'disruptive', effect: 'its pods end on every node' },
  'batch/Job': { risk: 'disruptive', effect: 'its pods end' },
  'batch/CronJob': { risk: 'disruptive', effect: 'it starts no more jobs, and those it started end' },
  'storage.k8s.io/StorageClass': { risk: 'care', effect: 'claims that name it stay Pending; volumes that exist stay' },
  'scheduling.k8s.io/PriorityClass': { risk: 'disruptive', effect: 'pods that name it are refused' },
  'networking.k8s.io/Ingress': { risk: 'disruptive', effect: 'nobody reaches its host any more' },
  'hnc.x-k8s.io/HierarchyConfiguration': {
    risk: 'disruptive',
    effect: 'the namespace leaves the tree: rights and quotas of its ancestors no longer hold there',
  },
  'karpenter.k8s.aws/EC2NodeClass': { risk: 'disruptive', effect: 'Karpenter ends every node made by it first' },
};

export const removedObject: ConsequenceRule = {
  id: 'removed-object',
  title: 'What goes with an object that is no longer there',
  upstream: 'Kubernetes 1.36 namespace controller, garbage collector and admission',
  foresee: ({ changes }) =>
    changes.flatMap(({ action, subject, from }) => {
      const gone = action === 'removed' ? subject : action === 'renamed' ? from : undefined;
      const loss = gone ? LOSS[kindKey(gone)] : undefined;
      if (!gone || !loss) return [];
      const name = describeSubject(subject);
      const how =
        action === 'renamed'
          ? `becomes ${name}. Kubernetes knows no renaming: it is made anew, and the old one is deleted`
          : 'is no longer there. Where the delivery prunes, or somebody deletes it';
      return [{ risk: loss.risk, about: describeSubject(gone), message: `${how}: ${loss.effect}.`, causes: [subject] }];
    }),
};
