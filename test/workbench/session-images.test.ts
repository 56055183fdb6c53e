import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { parseEnvironment } from '../../lib/model/parse.ts';
import { SessionImages } from '../../lib/workbench/session-images.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';

type Image = EnvironmentInput['images'][number];

interface PipelineJob {
  readonly before_script: readonly string[];
  readonly script: readonly string[];
  readonly rules: readonly { readonly changes?: readonly string[] }[];
}

const BASE: Image = { name: 'base', repository: 'ds-base', tag: '2026.11.0' };
const RECIPE: NonNullable<Image['build']> = {
  base: 'posit/workbench-session:R4.5.2-python3.14.3-ubuntu-24.04',
  systemPackages: ['libgdal-dev', 'cmake', 'libgdal-dev'],
  rPackages: ['terra', 'data.table@1.17.0'],
  pythonPackages: ['torch==2.9.1', 'polars>=1.0,<2'],
  certificates: ['root-ca.crt'],
};

function filesOf(images: readonly Image[], of: EnvironmentInput = eksInput()): Readonly<Record<string, string>> {
  const platform = platformOf({ ...of, images: [BASE, ...images] } as EnvironmentInput);
  const { files } = synthesize((scope) => new SessionImages(scope, 'images', { platform }));
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
}

function pipelineOf(files: Readonly<Record<string, string>>): Readonly<Record<string, PipelineJob>> {
  return parse(files['images/.gitlab-ci.yml'] ?? '', { version: '1.1' });
}

const cuda = (build: Image['build'], rest: Partial<Image> = {}): Image => ({
  name: 'cuda',
  repository: 'ds-cuda',
  tag: '2026.11.0',
  gpu: true,
  ...(build ? { build } : {}),
  ...rest,
});

describe('session images', () => {
  it('WB-7: GIVEN a recipe WHEN synthesised THEN the Dockerfile has all of it, sorted and once, certificates first', () => {
    const text = filesOf([cuda(RECIPE)])['images/cuda/Dockerfile'] ?? '';
    expect(text).toMatch(/^FROM posit\/workbench-session:R4\.5\.2-python3\.14\.3-ubuntu-24\.04\nUSER root\n/m);
    expect(text.match(/^ {6}[a-z0-9-]+ \\$/gm)?.map((line) => line.trim().split(' ')[0])).toEqual([
      'ca-certificates',
      'cmake',
      'curl',
      'libgdal-dev',
      'libpq-dev',
      'libuser',
    ]);
    expect(text).toContain('COPY root-ca.crt /usr/local/share/ca-certificates/');
    expect(text).toContain('pkg_install(c("data.table@1.17.0", "terra"), ask = FALSE)');
    expect(text).toMatch(/ {6}'polars>=1\.0,<2' \\\n {6}'torch==2\.9\.1'\n$/);
    expect(text.indexOf('COPY root-ca.crt')).toBeLessThan(text.indexOf('Rscript'));
    // No line ends in a continuation that nothing continues.
    expect(text).not.toMatch(/\\\n(\n|$)/);
  });

  it('WB-7: GIVEN a recipe that only names a base WHEN synthesised THEN there is no empty step', () => {
    const text = filesOf([cuda({ base: 'nvidia/cuda:13.0.1-base-ubuntu24.04' })])['images/cuda/Dockerfile'] ?? '';
    expect(text.match(/^RUN /gm)).toHaveLength(1);
    expect(text).not.toMatch(/COPY|Rscript|pip/);
  });

  it('WB-7: GIVEN ECR WHEN synthesised THEN the job signs in with its role and pushes what profiles name', () => {
    const job = pipelineOf(filesOf([cuda(RECIPE)]))['session-image:cuda'];
    const reference = '111122223333.dkr.ecr.eu-central-1.amazonaws.com/ds-cuda:2026.11.0';
    expect(job?.before_script.at(-1)).toBe(
      'aws ecr get-login-password --region eu-central-1 | buildah login --username AWS --password-stdin 111122223333.dkr.ecr.eu-central-1.amazonaws.com',
    );
    expect(job?.script).toEqual([
      `buildah build --pull --file dist/test/images/cuda/Dockerfile --tag ${reference} images/cuda`,
      `buildah push ${reference}`,
    ]);
    expect(job?.rules[0]?.changes).toEqual(['dist/test/images/cuda/**/*', 'images/cuda/**/*']);
  });

  it('WB-7: GIVEN another registry WHEN synthesised THEN the job signs in with variables of the project', () => {
    const files = filesOf([cuda({ base: 'debian:12' }, { registry: 'quay.io/team' })], onPremisesInput());
    const job = pipelineOf(files)['session-image:cuda'];
    expect(job?.before_script).toEqual([
      `printf '%s' "$REGISTRY_PASSWORD" | buildah login --username "$REGISTRY_USER" --password-stdin quay.io`,
    ]);
    expect(job?.script[0]).toMatch(/ --tag quay\.io\/team\/ds-cuda:2026\.11\.0 dist\/test\/images\/cuda$/);
  });

  it('WB-7: GIVEN images without a recipe WHEN synthesised THEN nothing is written', () => {
    expect(filesOf([cuda(undefined)])).toEqual({});
  });

  it('GIVEN an image called like our own files WHEN synthesised THEN both are there', () => {
    const files = filesOf([cuda(undefined), { ...cuda({ base: 'debian:12' }), name: 'pipeline' }]);
    expect(Object.keys(files).sort()).toEqual(['images/.gitlab-ci.yml', 'images/pipeline/Dockerfile']);
  });

  it.each([
    ['base', { base: 'debian:12\nRUN curl evil' }],
    ['systemPackages', { base: 'debian:12', systemPackages: ['a; rm -rf /'] }],
    ['rPackages', { base: 'debian:12', rPackages: ['x"); system("id'] }],
    ['pythonPackages', { base: 'debian:12', pythonPackages: ["a' --index-url http://evil"] }],
    ['packageRepositories', { base: 'debian:12', packageRepositories: { pypi: "https://a.example/'$(id)'" } }],
    ['packageRepositories', { base: 'debian:12', packageRepositories: { cran: 'https://a.example/\nRUN id' } }],
    ['certificates', { base: 'debian:12', certificates: ['../secret.crt'] }],
  ])('GIVEN shell code in %s WHEN validated THEN it is refused before it reaches a Dockerfile', (_, build) => {
    expect(parseEnvironment(eksInput({ images: [BASE, cuda(build)] })).ok).toBe(false);
  });

  it.each(['numpy', 'torch==2.9.1', 'polars>=1.0,<2', 'transformers[torch]~=4.50', 'x!=1.0.*'])(
    'GIVEN the requirement %s WHEN validated THEN it is taken',
    (requirement) => {
      const build = { base: 'debian:12', pythonPackages: [requirement] };
      expect(parseEnvironment(eksInput({ images: [BASE, cuda(build)] })).ok).toBe(true);
    },
  );
});
