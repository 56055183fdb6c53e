import { GPU_ACCESS_ALLOWED, LABELS } from '../../catalog/labels.ts';
import { formatBytes } from '../../core/quantity.ts';
import type { TenantNode } from '../../model/tenant-tree.ts';
import type { Step } from '../explanation.ts';
import { namespaceLabels, policiesOf } from '../policies.ts';
import { filesOf, placeAt, type Scene } from '../scene.ts';
import { cores, detail, line } from '../words.ts';

/** Which admission policies hold for pods of the tenant, and what they come to. */
export function explainTenantPolicies(scene: Scene, tenant: TenantNode): Step {
  const { platform } = scene.bundle;
  const { policies, priorities } = platform.environment;
  const labels = namespaceLabels(scene, tenant.name);
  const gpus = labels[LABELS.gpuAccess] === GPU_ACCESS_ALLOWED;
  const looks = policiesOf(scene, tenant.name);
  const classes = priorities.filter(({ tiers }) => tiers.includes(tenant.tier)).map(({ name }) => name);
  const exceptions = policies.exceptions.filter(({ namespace }) => namespace === tenant.name);
  const { ceiling } = policies;
  const size = `${cores(ceiling.cpu)} CPU and ${formatBytes(ceiling.memory)}`;
  const level = labels[`${LABELS.podSecurityPrefix}enforce`];
  return {
    id: 'policies',
    verdict: 'fine',
    summary:
      tenant.kind === 'folder'
        ? 'no pods here to look at; each namespace below has its own answer'
        : `GPUs ${gpus ? 'allowed' : 'refused'}; one pod at most ${size}${level === undefined ? '' : `; Pod Security ${level}`}`,
    lines: [
      ...(tenant.kind === 'folder' ? [] : [line(`priority classes: ${classes.join(', ') || 'none'}`)]),
      ...exceptions.map(({ name, policy, serviceAccount, reason, expires }) =>
        line(
          `exception ${name} from ${policy}${serviceAccount === undefined ? '' : ` for ServiceAccount ${serviceAccount}`}${expires === undefined ? '' : ` until ${expires}`}: ${reason}`,
        ),
      ),
      ...looks.map(({ name, explanation }) => detail(`${name}: ${explanation}`)),
    ],
    places: [placeAt(scene, [...tenant.at, 'tier']), placeAt(scene, ['policies'])],
    files: filesOf(looks.flatMap(({ objects }) => objects)),
    facts: {
      gpuAllowed: gpus,
      priorityClasses: classes,
      ceiling: { cpu: ceiling.cpu, memory: ceiling.memory },
      policies: looks.map(({ name }) => name),
      exceptions: exceptions.map(({ name }) => name),
      ...(level === undefined ? {} : { podSecurity: level }),
    },
  };
}
