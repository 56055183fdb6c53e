import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { layoutFiles } from '../../lib/bundle/layout.ts';
import { gpuOnPoolWithout } from '../../lib/checks/gpu-on-pool-without.ts';
import { migDevice } from '../../lib/checks/mig-device.ts';
import { profileFitsPool } from '../../lib/checks/profile-fits-pool.ts';
import { explain, type Subject } from '../../lib/explain/explain.ts';
import type { Explanation } from '../../lib/explain/explanation.ts';
import { markdownExplanation } from '../../lib/explain/format/markdown.ts';
import type { Scene } from '../../lib/explain/scene.ts';
import { listEnvironments } from '../../lib/loader/find.ts';
import { offeredProfiles } from '../../lib/model/access.ts';
import { synthesize } from '../../stacks/synth.ts';
import { randomEnvironment } from '../fixtures/random-environment.ts';
import { asText, sceneOf, sceneOfEnvironment, stepOf } from './scenes.ts';

/** More with RUNS=2000 npx vitest run test/explain. */
const numRuns = Number(process.env.RUNS ?? 40);

/** Rules of check by which a session does not get onto its pool. */
const UNFIT = [profileFitsPool, gpuOnPoolWithout, migDevice].map(({ id }) => id);

function subjectsOf({ bundle }: Scene): readonly Subject[] {
  const { profiles, pools, tenants } = bundle.platform;
  return [
    ...profiles.map(({ name }) => ({ kind: 'profile' as const, name })),
    ...pools.map(({ name }) => ({ kind: 'node-pool' as const, name })),
    ...tenants.map(({ name }) => ({ kind: 'tenant' as const, name })),
    ...bundle.objects.map(({ manifest: { kind, metadata } }) => ({
      kind: 'object' as const,
      name: [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join('/'),
    })),
  ];
}

/** What no explanation may hold: a value that was not there, a file that is not written, a line that does not exist. */
function expectWhole(explanation: Explanation, files: ReadonlySet<string>): void {
  const texts = [asText(explanation), asText(explanation, true), markdownExplanation(explanation)];
  for (const text of texts) expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object Object\]|Infinity/);
  expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
  expect(explanation.summary).toMatch(/\S\.$/);
  for (const step of explanation.steps) {
    expect(step.summary, `${explanation.name} ${step.id}`).not.toBe('');
    for (const file of step.files) expect(files.has(file), file).toBe(true);
    for (const { source } of step.places) if (source) expect(source.line).toBeGreaterThan(0);
  }
}

/** Profiles that explain says fit no node of their pool, and those of which check says so. */
function unfit(scene: Scene): { readonly explained: readonly string[]; readonly found: readonly string[] } {
  const { profiles } = scene.bundle.platform;
  const explained = profiles.filter(
    ({ name }) => stepOf(explain(scene, { kind: 'profile', name }), 'pools').verdict === 'stop',
  );
  const about = [...scene.findings, ...scene.silenced].filter(({ code }) => UNFIT.includes(code));
  const found = profiles.filter(({ name }) =>
    about.some(({ path }) => path === `sessionProfiles.${name}` || path.startsWith(`sessionProfiles.${name}.`)),
  );
  return { explained: explained.map(({ name }) => name), found: found.map(({ name }) => name) };
}

describe.each(listEnvironments())('everything of $name', ({ name }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await sceneOfEnvironment(name);
  });

  test('GIVEN every profile, pool, tenant and object THEN it is explained, whole, with files that are written (PROVE-2)', () => {
    const files = new Set(layoutFiles(scene.bundle).map(({ path }) => path));
    const subjects = subjectsOf(scene);
    expect(subjects.length).toBeGreaterThan(50);
    for (const subject of subjects) expectWhole(explain(scene, subject), files);
  });

  test('GIVEN every profile THEN explain and check agree on whether it fits (PROVE-1, PROVE-2)', () => {
    const { explained, found } = unfit(scene);
    expect(explained).toEqual(found);
  });

  test('GIVEN every profile and every group THEN it is offered where the environment offers it (WB-1, PROVE-2)', () => {
    const { environment, profiles } = scene.bundle.platform;
    for (const group of environment.groups) {
      const offered = offeredProfiles(environment, [group.name]);
      for (const profile of profiles) {
        const audience = { groups: [group.name] };
        const { verdict } = stepOf(explain(scene, { kind: 'profile', name: profile.name, audience }), 'offer');
        expect([group.name, profile.name, verdict]).toEqual([
          group.name,
          profile.name,
          offered.includes(profile.name) ? 'fine' : 'stop',
        ]);
      }
    }
  });
});

test('GIVEN random environments THEN all of them is explained, and agrees with check (PROVE-1, PROVE-2)', () => {
  let profiles = 0;
  let misfits = 0;
  fc.assert(
    fc.property(randomEnvironment, (input) => {
      if (synthesize(input).kind === 'invalid') return;
      const scene = sceneOf(input);
      const files = new Set(layoutFiles(scene.bundle).map(({ path }) => path));
      for (const subject of subjectsOf(scene))
        if (subject.kind !== 'object') expectWhole(explain(scene, subject), files);
      const { explained, found } = unfit(scene);
      expect(explained).toEqual(found);
      profiles += scene.bundle.platform.profiles.length;
      misfits += found.length;
    }),
    { numRuns },
  );
  // Both answers must have been asked for, else the property says nothing.
  expect(profiles).toBeGreaterThan(misfits);
  expect(misfits).toBeGreaterThan(0);
});
