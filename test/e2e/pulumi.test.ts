import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { installModuleCrds } from '../../lib/cluster/apply.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { packageRoot } from '../../lib/core/asset.ts';
import { orderingPlan, plannedName } from '../../lib/pulumi/ordering-plan.ts';
import { protectionOf } from '../../lib/pulumi/protection.ts';
import { objectIdentity } from '../../lib/pulumi/resource-identity.ts';
import { readApplied } from '../../lib/verify/read-applied.ts';
import { verify } from '../../lib/verify/verify.ts';
import { secondCreation } from '../pulumi-engine/aws/second-creation.ts';
import { bundleOf } from './environments.ts';
import { forgetInterrupted, importCreation, interruptedCreations, leftovers } from './interrupted-creations.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import {
  killUp,
  makeStack,
  operationsIn,
  PREVIEW,
  STATE_AT_END,
  type Stack,
  startHnc,
  stateOf,
  UP,
  unlikeReviewed,
  withAnswers,
} from './pulumi-stack.ts';
import { patch, read } from './requests.ts';

const CLUSTER = 'pulumi';
/** All 20 with ATELIER_PULUMI_KILLS=20. */
const KILLS = Number(process.env.ATELIER_PULUMI_KILLS ?? 3);
/** An up of production on a busy machine. */
const UP_MS = 400_000;

const AWS_KILLS = Math.ceil(KILLS / 3);
/** What production becomes in AWS, as it was counted without an engine. */
const IN_AWS = readFileSync(join(packageRoot, 'test/pulumi/aws/resources/prod.txt'), 'utf8').match(/^aws:/gm) ?? [];
/** Before this many are made, AWS fails once. */
const FAILS_AT = 60;

/** Numbers of done operations at which the engine is killed; different ones in every run, and printed. */
function killPoints(count: number, from: number, to: number): readonly number[] {
  const points = Array.from({ length: count }, () => from + Math.floor(Math.random() * (to - from)));
  return points.sort((a, b) => a - b);
}

const notOfAws = (urn: string): boolean => !/::(atelier:aws|pulumi:providers:aws)/.test(urn);

/** Names of what a Bundle becomes, without what separates its steps. */
const namesOf = (bundle: Bundle): readonly string[] =>
  orderingPlan(bundle).flatMap(({ resources }) => resources.map(plannedName));

describeWithClusters('pulumi up of production, killed again and again (CLOUD-3, PROVE-5)', () => {
  let bundle: Bundle;
  /** The same with what the cloud answered. */
  let answered: Bundle;
  let client: ApiClient;
  let stack: Stack;
  let log: string;
  beforeAll(async () => {
    bundle = await bundleOf('prod');
    await startCluster(CLUSTER, silent);
    client = await connectToCluster(CLUSTER);
    await installModuleCrds(client, bundle, silent);
    await startHnc(CLUSTER, bundle);
    stack = await makeStack(bundle, CLUSTER);
    log = join(stack.project.folder, 'operations.log');
  });
  afterAll(() => {
    client.close();
    stack.project.remove();
  });

  it(
    'GIVEN AWS that fails in the middle and is slow before WHEN up runs THEN nothing is applied to the cluster yet, and the next goes on',
    async () => {
      const failed = await stack.run(UP, {
        ATELIER_STAND_IN_LOG: log,
        ...stack.aws({ failAt: FAILS_AT, slowAt: 20, slowFor: 1000 }),
      });
      expect(failed.code).not.toBe(0);
      expect(failed.errors.join('\n')).toContain(`told to fail at creation ${FAILS_AT}`);
      expect(operationsIn(log)).toEqual([]);
      expect(stack.cloud().length).toBeGreaterThanOrEqual(FAILS_AT - 1);
    },
    UP_MS,
  );

  it(
    `GIVEN ${AWS_KILLS} kills while AWS makes things WHEN what was left over is deleted or imported as Pulumi lists it THEN nothing is there twice`,
    async () => {
      const points = killPoints(AWS_KILLS, FAILS_AT + 1, IN_AWS.length - 1);
      process.stderr.write(`killing the engine after ${points.join(', ')} creations in AWS\n`);
      for (const point of points) {
        const wanted = Math.max(point, stack.cloud().length + 1);
        const variables = { ATELIER_STAND_IN_LOG: log, ...stack.aws({ answersAfter: 400 }) };
        const killed = await killUp(stack, () => stack.cloud().length >= wanted, variables);
        if (!killed) continue;
        expect((await stack.run(['cancel', '--yes'])).code).toBe(0);
        const pending = await interruptedCreations(stack);
        const left = await leftovers(stack);
        expect(left).not.toEqual([]);
        // What the next up takes as it is may be there since an earlier kill.
        const inTheWay = left.filter(({ token, inputs }) => secondCreation(token, inputs).kind !== 'adopted');
        expect(pending.map(({ urn }) => urn)).toEqual(expect.arrayContaining(inTheWay.map(({ urn }) => urn)));
        const [first, ...others] = inTheWay;
        const creation = pending.find(({ urn }) => urn === first?.urn);
        if (first && creation) await importCreation(stack, creation, first.id);
        for (const other of others) stack.deleteInCloud(other);
        await forgetInterrupted(stack);
      }
    },
    UP_MS * (AWS_KILLS + 1),
  );

  it(
    `GIVEN ${KILLS - AWS_KILLS} kills of the engine during the first up WHEN the lock is taken off and up runs on THEN it converges, with no duplicates`,
    async () => {
      const points = killPoints(KILLS - AWS_KILLS, 1, namesOf(bundle).length - 1);
      process.stderr.write(`killing the engine after ${points.join(', ')} operations\n`);
      let locks = 0;
      for (const point of points) {
        const wanted = Math.max(point, operationsIn(log).length + 1);
        const isThere = () => operationsIn(log).length >= wanted;
        if (!(await killUp(stack, isThere, { ATELIER_STAND_IN_LOG: log }))) continue;
        locks += 1;
        if (locks === 1) expect((await stack.run(UP)).errors.join('\n')).toContain('locked by 1 lock');
        expect((await stack.run(['cancel', '--yes'])).code).toBe(0);
      }
      expect(locks).toBeGreaterThan(0);
      const last = await stack.run(UP, { ATELIER_STAND_IN_LOG: log });
      expect(last).toMatchObject({ code: 0, errors: [] });
      const urns = (await stateOf(stack)).map(({ urn }) => urn);
      expect(new Set(urns).size).toBe(urns.length);
      // The stack, two providers (the engine's own for milestones), a milestone for each step, and one for the cloud.
      expect(urns.filter(notOfAws)).toHaveLength(3 + namesOf(bundle).length + orderingPlan(bundle).length + 1);
    },
    UP_MS * (KILLS + 1),
  );

  it('THEN every object on the cluster is as it was reviewed, and verify says so of the state', async () => {
    const { differences, compared, late } = verify(bundle, readApplied(await stack.exported(), 'state'));
    answered = withAnswers(bundle, late);
    expect(late.map(({ name }) => name)).toEqual(bundle.lateValues);
    expect(await unlikeReviewed(client, answered)).toEqual([]);
    expect(differences).toEqual([]);
    expect(compared).toEqual({ objects: bundle.objects.length, releases: bundle.releases.length });
  });

  it('THEN everything in AWS is in the state, and everything once', async () => {
    expect(await leftovers(stack)).toEqual([]);
    const urns = stack.cloud().map(({ urn }) => urn);
    expect(new Set(urns).size).toBe(urns.length);
    expect(urns).toHaveLength(IN_AWS.length);
  });

  it(
    'THEN a preview and another up change nothing',
    async () => {
      expect(await stack.run(PREVIEW)).toMatchObject({ code: 0, changes: [], errors: [] });
      expect(await stack.run(UP)).toMatchObject({ code: 0, changes: [], errors: [] });
    },
    UP_MS,
  );

  it('THEN the state has no more dependencies than resources', async () => {
    const resources = (await stateOf(stack)).filter(({ urn }) => notOfAws(urn));
    const edges = resources.flatMap(({ dependencies = [] }) => dependencies).filter(notOfAws);
    expect(edges.length).toBeLessThan(resources.length);
  });

  it('GIVEN one pool that may grow larger WHEN it is previewed THEN only its NodePool changes', async () => {
    const file = stack.project.environmentFile('prod');
    const text = readFileSync(file, 'utf8');
    const larger = text.replace(/(name: 'gpu-l4',[\s\S]*?max: )20,/, '$121,');
    expect(larger).not.toBe(text);
    writeFileSync(file, larger);
    expect(await stack.run(PREVIEW)).toMatchObject({ code: 0, changes: ['update NodePool/gpu-l4'] });
    writeFileSync(file, text);
  });

  it('GIVEN an object edited by hand WHEN the stack is refreshed THEN the drift shows, and up mends it', async () => {
    const path = '/apis/scheduling.k8s.io/v1/priorityclasses/atelier-batch';
    const description = async () => (await read<{ description: string }>(client, path))?.description;
    const reviewed = await description();
    await patch(client, path, { description: 'by hand' });
    const refreshed = await stack.run(['refresh', '--yes', '--skip-preview', '--json'], STATE_AT_END);
    expect(refreshed).toMatchObject({ code: 0 });
    expect(refreshed.drifted).toEqual(['PriorityClass/atelier-batch']);
    expect(await stack.run(UP, STATE_AT_END)).toMatchObject({
      code: 0,
      changes: ['update PriorityClass/atelier-batch'],
    });
    expect(await description()).toBe(reviewed);
  });

  it(
    'GIVEN people’s files WHEN the stack is destroyed THEN it stops before anything is deleted',
    async () => {
      const refused = await stack.run(['destroy', '--yes', '--json']);
      expect(refused.code).not.toBe(0);
      expect(refused.errors.join('\n')).toMatch(/PersistentVolume.*protected/s);
      expect(await unlikeReviewed(client, answered)).toEqual([]);
    },
    UP_MS,
  );

  it(
    'GIVEN the protection taken off WHEN the stack is destroyed THEN everything goes, last step first, but what others made or use',
    async () => {
      writeFileSync(log, '');
      expect((await stack.run(['state', 'unprotect', '--all', '--yes'])).code).toBe(0);
      const destroyed = await stack.run(['destroy', '--yes', '--skip-preview', '--json'], {
        ATELIER_STAND_IN_LOG: log,
        ...STATE_AT_END,
      });
      expect(destroyed).toMatchObject({ code: 0, errors: [] });
      const kept = answered.objects.filter(({ manifest }) => protectionOf(manifest).retainOnDelete);
      const deleted = operationsIn(log).map((line) => line.replace(/^delete /, ''));
      const keptNames = kept.map(({ manifest }) => objectIdentity(manifest).name);
      expect(stack.cloud()).toEqual([]);
      expect([...deleted].sort()).toEqual(
        namesOf(bundle)
          .filter((name) => !keptNames.includes(name))
          .sort(),
      );
      const stepOf = new Map(
        orderingPlan(bundle).flatMap(({ resources }, index) =>
          resources.map((each) => [plannedName(each), index] as const),
        ),
      );
      const steps = deleted.map((name) => stepOf.get(name) ?? -1);
      expect(steps).toEqual([...steps].sort((a, b) => b - a));
      // HNC takes its labels off namespaces that are in no hierarchy any more; what is kept is there.
      const unlike = await unlikeReviewed(client, { ...answered, objects: kept });
      expect(unlike.filter((each) => !/^changed Namespace\//.test(each))).toEqual([]);
    },
    UP_MS,
  );
});
