import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle, Manifest } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { applyEnvironment } from '../../lib/cluster/apply-environment.ts';
import { podsOf, type SeenPod, unschedulable } from '../../lib/cluster/demo/seen.ts';
import { buildTool } from '../../lib/cluster/toolchain.ts';
import { JOB_TEMPLATE } from '../../lib/cluster/tools.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { bundleOf } from './environments.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import { joinPoolNodes } from './pool-nodes.ts';
import { create, eventually, eventuallyRefused, patch, read } from './requests.ts';
import { type Job, profileOf, renderedJob, type Session, start } from './sessions.ts';

const CLUSTER = 'reservations';
const NAMESPACE = 'atelier-reservations';
const JOB = 'by-hand';
const JOB_PATH = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs/${JOB}`;
const CRON_JOB_PATH = `/apis/batch/v1/namespaces/${NAMESPACE}/cronjobs/ml-course`;
/** Seconds until the deadline, once the test has seen enough. */
const REST_SECONDS = 5;

interface JobTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly completions: number; readonly activeDeadlineSeconds: number };
}
interface SeenJob {
  readonly status: {
    readonly startTime?: string;
    readonly active?: number;
    readonly failedIndexes?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  };
}

const nodeOf = ({ spec }: SeenPod): string => spec.nodeName ?? '';
const uids = (pods: readonly SeenPod[]): readonly string[] => pods.map(({ metadata }) => metadata.uid).sort();

describeWithClusters('a reservation on the real Job controller and scheduler (PRI-3)', () => {
  let client: ApiClient;
  let bundle: Bundle;
  let platform: Platform;
  let template: JobTemplate;
  let course: Session;

  beforeAll(async () => {
    await buildTool(JOB_TEMPLATE, silent);
    bundle = await bundleOf('prod');
    platform = bundle.platform;
    await startCluster(CLUSTER, silent);
    await applyEnvironment(CLUSTER, bundle, silent, ['nodes']);
    client = await connectToCluster(CLUSTER);
  });
  afterAll(() => client?.close());

  /** One GPU each, so that GPUs are counted by counting pods. */
  const join = (from: number, to: number): Promise<readonly string[]> => {
    const names = Array.from({ length: to - from }, (_, index) => `course-${from + index}`);
    return joinPoolNodes(client, platform, 'gpu-course', 'g4dn.xlarge', names);
  };
  const placeholders = (): Promise<readonly SeenPod[]> => podsOf(client, NAMESPACE, JOB);
  const job = async (): Promise<SeenJob['status']> => (await read<SeenJob>(client, JOB_PATH))?.status ?? {};
  /** A session of another profile, as it would be if it found its way onto the nodes of the course. */
  function intruder(name: string): Job {
    const own = renderedJob(platform, profileOf(platform, 'course'), name);
    const { priorityClass } = profileOf(platform, name);
    const spec = { ...own.spec.template.spec, priorityClassName: priorityClass };
    return { ...own, spec: { ...own.spec, template: { ...own.spec.template, spec } } };
  }

  it('GIVEN the CronJob of a reservation WHEN its Job is started THEN its placeholders hold the GPUs, one session each, under their quota', async () => {
    const cronJob = await read<{ spec: { jobTemplate: JobTemplate } }>(client, CRON_JOB_PATH);
    template = cronJob?.spec.jobTemplate ?? fail('no CronJob');
    const { completions } = template.spec;
    expect(completions).toBe(platform.environment.reservations[0]?.gpus);
    const nodes = await join(0, completions);
    const manifest = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: JOB, namespace: NAMESPACE, ...template.metadata },
      spec: template.spec,
    } as unknown as Manifest;
    expect(await create(client, manifest)).toMatchObject({ status: 201 });
    const held = await eventually(placeholders, (pods) => pods.filter(nodeOf).length === completions);
    expect(held.map(nodeOf).sort()).toEqual([...nodes].sort());

    const one = held[0]?.spec ?? fail('no placeholder');
    const extra = { ...manifest, metadata: { name: 'extra', namespace: NAMESPACE }, kind: 'Pod', apiVersion: 'v1' };
    const { restartPolicy, containers, securityContext } = one as unknown as Record<string, object>;
    const spec = { restartPolicy, containers, securityContext, priorityClassName: 'atelier-placeholder' };
    const answer = await eventuallyRefused(client, { ...extra, spec } as unknown as Manifest);
    expect(answer).toMatchObject({ status: 403, message: expect.stringContaining('exceeded quota: reserved') });
  });

  it('GIVEN all nodes held WHEN sessions of other profiles, or in their classes, want one THEN they wait and every placeholder stays', async () => {
    const before = await placeholders();
    for (const name of ['small', 'batch']) {
      const session = await start(client, platform, name, intruder(name));
      const [waiting] = await eventually(
        session.pods,
        ([pod]) => pod !== undefined && unschedulable(pod) !== undefined,
      );
      expect(waiting && unschedulable(waiting)).toMatch(/Insufficient nvidia.com\/gpu.*preemption: /s);
      expect(waiting?.spec.nodeName).toBeUndefined();
      await session.end();
    }
    // Its class displaces placeholders, those of its own pool; it has no other way to the course's nodes.
    const warm = await start(
      client,
      platform,
      'gpu-small',
      renderedJob(platform, profileOf(platform, 'gpu-small'), 'warm'),
    );
    const [elsewhere] = await eventually(warm.pods, ([pod]) => pod !== undefined && unschedulable(pod) !== undefined);
    expect(elsewhere && unschedulable(elsewhere)).toMatch(/Preemption is not helpful for scheduling/);
    await warm.end();
    expect(uids(await placeholders())).toEqual(uids(before));
  });

  it('GIVEN all nodes held WHEN a session of the course comes THEN it displaces one placeholder and runs on its node', async () => {
    const before = await placeholders();
    course = await start(client, platform, 'course', renderedJob(platform, profileOf(platform, 'course'), 'pupil'));
    const { spec } = await course.running();
    const after = await eventually(placeholders, (pods) => pods.length < before.length);
    const displaced = before.filter(({ metadata }) => !uids(after).includes(metadata.uid));
    expect(displaced.map(nodeOf)).toEqual([spec.nodeName]);
    const { failedIndexes } = await eventually(job, (status) => (status.failedIndexes ?? '') !== '');
    expect(failedIndexes).toBe(displaced[0]?.metadata.labels?.['batch.kubernetes.io/job-completion-index']);
  });

  it('GIVEN a displaced placeholder WHEN there is room for another THEN none comes: held and used are what was reserved', async () => {
    const { completions } = template.spec;
    const before = await placeholders();
    await join(completions, completions + 2);
    // A replacement would be lower in rank than this one, but placed in the same moment: there is room for two.
    const other = await start(client, platform, 'small', intruder('small'));
    expect([`course-${completions}`, `course-${completions + 1}`]).toContain((await other.running()).spec.nodeName);
    await other.end();
    expect(uids(await placeholders())).toEqual(uids(before));
    expect(before).toHaveLength(completions - 1);
    const { active } = await eventually(job, (status) => status.active === completions - 1);
    expect(active).toBe(completions - 1);
    const used = (await course.pods()).filter(nodeOf);
    expect(before.length + used.length).toBe(completions);
  });

  it('GIVEN the end of the reservation WHEN its deadline passes THEN all placeholders are gone and the session goes on', async () => {
    const [reservation] = platform.environment.reservations;
    expect([reservation?.from, reservation?.to, template.spec.activeDeadlineSeconds]).toEqual(['09:30', '12:00', 9000]);
    const begun = Date.parse((await job()).startTime ?? '');
    const held = uids(await placeholders());
    const activeDeadlineSeconds = Math.ceil((Date.now() - begun) / 1000) + REST_SECONDS;
    expect(await patch(client, JOB_PATH, { spec: { activeDeadlineSeconds } })).toMatchObject({ status: 200 });
    const left = await eventually(placeholders, (pods) => pods.length === 0);
    expect(held).toHaveLength(template.spec.completions - 1);
    expect(left).toEqual([]);
    expect(Date.now() - begun).toBeGreaterThanOrEqual((activeDeadlineSeconds - 1) * 1000);
    const failed = await eventually(job, ({ conditions = [] }) => conditions.some(({ type }) => type === 'Failed'));
    expect(failed.conditions).toContainEqual(
      expect.objectContaining({ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }),
    );
    await course.running();
    await course.end();
  });
});

function fail(what: string): never {
  throw new Error(what);
}
