import { asJsonObject } from '../../core/json.ts';
import { podRequests } from '../../scheduling/pod-requests.ts';
import type { Step } from '../explanation.ts';
import { placeAt } from '../scene.ts';
import { cores, detail, line } from '../words.ts';
import type { Session } from './session.ts';

const gigabytes = (megabytes: number): string => `${Number((megabytes / 1000).toFixed(1))} GB`;

/** `2 CPU, 12 GB (up to 4 CPU, 16 GB), 1 x nvidia.com/gpu`: what is set aside, and what may be used. */
function describeRequest({ profile: { cpu, memoryMB, gpu } }: Session): string {
  const most =
    cpu.limit === cpu.request && memoryMB.limit === memoryMB.request
      ? ''
      : ` (up to ${cores(cpu.limit)} CPU, ${gigabytes(memoryMB.limit)})`;
  const device = gpu ? `, ${gpu.count} x ${gpu.resource}` : '';
  return `${cores(cpu.request)} CPU, ${gigabytes(memoryMB.request)}${most}${device}`;
}

/** The pod that the template renders, in short. */
export function explainPod(session: Session): Step {
  const { scene, platform, profile, job, pod } = session;
  const { serviceAccountName = 'default', schedulerName, containers } = job.spec.template.spec;
  const { sessionNamespace } = platform.environment.workbench;
  const { labels = {}, annotations = {} } = job.spec.template.metadata;
  return {
    id: 'pod',
    verdict: 'fine',
    summary: `a Job in ${sessionNamespace} whose pod asks for ${describeRequest(session)}`,
    lines: [
      line(
        `image ${containers[0]?.image ?? '(none)'}${profile.images.length > 1 ? ` (${profile.images.length - 1} more to choose from)` : ''}`,
      ),
      detail(`ServiceAccount ${serviceAccountName}; scheduler ${schedulerName ?? 'of the cluster'}`),
      detail(
        `labels ${Object.entries(labels)
          .map(([key, value]) => `${key}=${value}`)
          .join(', ')}`,
      ),
      detail('The whole Job: --pod'),
    ],
    places: [placeAt(scene, profile.at)],
    files: [],
    facts: {
      namespace: sessionNamespace,
      serviceAccount: serviceAccountName,
      images: profile.images,
      requests: asJsonObject(podRequests(pod.spec)),
      limits: { cpu: profile.cpu.limit, memory: profile.memoryMB.limit * 1e6 },
      labels,
      annotations,
    },
  };
}
