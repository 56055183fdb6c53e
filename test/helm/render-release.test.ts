import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChart } from '../../lib/helm/find-chart.ts';
import { HelmError } from '../../lib/helm/helm-program.ts';
import { type ReleaseToRender, renderRelease } from '../../lib/helm/render-release.ts';
import { describeWithHelm, writeChart } from '../fixtures/helm.ts';

const CHART = { name: 'web', repository: 'https://127.0.0.1:9/charts', version: '1.2.3' };
const RELEASE: ReleaseToRender = {
  name: 'front',
  namespace: 'shop',
  chart: CHART,
  values: { admissionController: { replicas: 2 } },
};

let folder = '';
const saved = { path: process.env.PATH, cache: process.env.XDG_CACHE_HOME };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-charts-'));
  process.env.XDG_CACHE_HOME = join(folder, 'cache');
});
afterEach(() => {
  process.env.PATH = saved.path ?? '';
  if (saved.cache === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = saved.cache;
  rmSync(folder, { recursive: true, force: true });
});

const messageOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(HelmError);
  return (error as HelmError).message;
};

describe('where a chart comes from (PROVE-3)', () => {
  it('GIVEN a folder of charts WHEN the chart lies there at its version THEN it is taken, else its repository', () => {
    const fetched = { words: ['web', '--repo', CHART.repository, '--version', '1.2.3'], isLocal: false };
    expect(findChart(CHART, folder)).toMatchObject(fetched);
    const plain = writeChart(folder, { ...CHART, version: '1.0.0' }, 'web');
    expect(findChart(CHART, folder)).toMatchObject(fetched);
    writeChart(folder, CHART, 'web');
    const found = findChart(CHART, folder);
    expect(found).toMatchObject({ words: [plain], isLocal: true });
    writeFileSync(join(plain, 'values.yaml'), 'a: 1\n');
    expect(findChart(CHART, folder).digest).not.toBe(found.digest);
    const named = writeChart(folder, CHART);
    expect(findChart(CHART, folder).words).toEqual([named]);
    writeFileSync(join(folder, 'web-1.2.3.tgz'), '');
    expect(findChart(CHART, folder).words).toEqual([join(folder, 'web-1.2.3.tgz')]);
    const oci = { ...CHART, name: 'other', repository: 'oci://127.0.0.1:9/charts' };
    expect(findChart(oci, folder).words).toEqual(['oci://127.0.0.1:9/charts/other', '--version', '1.2.3']);
  });

  it('GIVEN no helm WHEN a chart is to be rendered THEN it says what to install', async () => {
    process.env.PATH = folder;
    expect(await messageOf(renderRelease(RELEASE, folder))).toMatch(/none is on the PATH. Install helm/);
  });
});

describeWithHelm('charts rendered by the real helm (PROVE-3)', (path) => {
  beforeEach(() => {
    process.env.PATH = path;
  });

  it('GIVEN a chart as a folder or packed WHEN it is rendered THEN its objects come, without hooks, and are kept', async () => {
    const chart = writeChart(folder, CHART);
    const objects = await renderRelease(RELEASE, folder);
    expect(objects.map(({ kind }) => kind).sort()).toEqual(['ClusterRole', 'Deployment']);
    expect(objects.find(({ kind }) => kind === 'Deployment')).toMatchObject({
      metadata: { name: 'front-web' },
      spec: { replicas: 2 },
    });
    const kept = (): number => readdirSync(join(folder, 'cache/atelier/rendered')).length;
    expect(kept()).toBe(1);
    await renderRelease({ ...RELEASE, values: { admissionController: { replicas: 3 } } }, folder);
    expect(kept()).toBe(2);
    process.env.PATH = folder;
    expect(await renderRelease(RELEASE, folder)).toEqual(objects);
    process.env.PATH = path;
    execFileSync('helm', ['package', chart, '--destination', folder], { stdio: 'ignore' });
    rmSync(chart, { recursive: true });
    expect(await renderRelease(RELEASE, folder)).toEqual(objects);
  });

  it('GIVEN a chart that is not there, or does not render WHEN it is asked for THEN release, version, places and helm’s words are said', async () => {
    expect(await messageOf(renderRelease(RELEASE, folder))).toMatch(
      /Release shop\/front: chart web 1\.2\.3 is not in .* \(looked for web-1\.2\.3\.tgz, web-1\.2\.3, web\), and helm did not get it from https:\/\/127\.0\.0\.1:9\/charts: ./,
    );
    writeChart(folder, CHART);
    const message = await messageOf(renderRelease({ ...RELEASE, values: { admissionController: {} } }, folder));
    expect(message).toMatch(/Release shop\/front: helm cannot render chart web 1\.2\.3: .*says how many/);
  });
});
