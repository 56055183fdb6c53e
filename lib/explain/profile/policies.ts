import { LABELS } from '../../catalog/labels.ts';
import { list } from '../../core/words.ts';
import { type Line, type Step, worst } from '../explanation.ts';
import { judge, namespaceLabels, policiesOf } from '../policies.ts';
import { filesOf, placeAt } from '../scene.ts';
import { detail } from '../words.ts';
import type { Session } from './session.ts';

/** Which admission policies look at the pod in its namespace, and what they say to it. */
export function explainPolicies({ scene, platform, profile }: Session): Step {
  const { sessionNamespace } = platform.environment.workbench;
  const labels = namespaceLabels(scene, sessionNamespace);
  const pod = {
    priorityClass: profile.priorityClass,
    gpu: profile.gpu !== undefined,
    cpu: profile.cpu.limit,
    memory: profile.memoryMB.limit * 1e6,
  };
  const looks = policiesOf(scene, sessionNamespace).map((policy) => ({
    policy,
    said: judge(platform, policy.name, labels, pod),
  }));
  const refusing = looks.filter(({ said }) => said?.verdict === 'stop').map(({ policy }) => policy.name);
  const podSecurity = labels[`${LABELS.podSecurityPrefix}enforce`];
  return {
    id: 'policies',
    verdict: worst(looks.map(({ said }) => said?.verdict ?? 'fine')),
    summary:
      refusing.length > 0
        ? `refused by ${list(refusing)}`
        : `${looks.length === 0 ? 'no policy looks' : `${list(looks.map(({ policy }) => policy.name))} look`} at it and let it pass`,
    lines: looks
      .flatMap(({ policy, said }): readonly Line[] => [
        {
          text: `${policy.name}: ${said?.sentence ?? 'looks at it'}`,
          ...(said ? { mark: said.verdict === 'stop' ? ('no' as const) : ('yes' as const) } : {}),
        },
        detail(policy.explanation),
        ...(policy.exceptions === undefined ? [] : [detail(`exceptions: ${policy.exceptions}`)]),
      ])
      .concat(podSecurity === undefined ? [] : [detail(`Pod Security of the namespace: ${podSecurity}`)]),
    places: [placeAt(scene, ['policies']), placeAt(scene, ['priorities'])],
    files: filesOf(looks.flatMap(({ policy }) => policy.objects)),
    facts: {
      namespace: sessionNamespace,
      tier: labels[LABELS.tier] ?? '',
      policies: looks.map(({ policy, said }) => ({
        policy: policy.name,
        allows: said?.verdict !== 'stop',
        says: said?.sentence ?? '',
        demands: policy.explanation,
        exceptions: policy.exceptions ?? '',
      })),
    },
  };
}
