import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../lib/core/asset.ts';

const FILES: Readonly<Record<string, string>> = {
  'chart/values.yaml': `
name: x
count: 3
on: true
nothing:
empty: {}
none: []
args: [a]
nodeSelector: {kubernetes.io/os: linux}
livenessProbe: {periodSeconds: 5}
securityContext: {user: {id: 1}}
files: {a.conf: {k: v}, "b/c": 1}
resources: {limits: {enabled: false}}
sub: {own: 1, shared: parent}
`,
  'chart/templates/a.yaml': `
{{ .Values.livenessProbe.periodSeconds }} {{ .Values.missing }} {{ $.Values.files.gone.deep }} {{ .Values.resources.limits.enabled }}
{{- with .Values.securityContext }}{{- with .user }}{{ end }}{{ end }} {{ index .Values "files" "by-index" }}`,
  'chart/templates/NOTES.txt': '{{ .Values.onlyWarned }}',
  'chart/templates/tests/t.yaml': '{{ .Values.onlyTested }}',
  'sub/values.yaml': 'shared: 2\nchild: 2\n',
  'sub/templates/s.yaml': '{{ .Values.hidden }} {{ .Values.global.registry }}',
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chart-values-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const script = join(packageRoot, 'tools/chart-values.js');
const flags = ['--name', 'n', '--version', '1.0.0', '--source', 's'];
const run = (...args: string[]): unknown =>
  JSON.parse(execFileSync('node', [script, ...args, ...flags], { cwd: folder, encoding: 'utf8' }));

describe('CLOUD-3 collecting the values of a chart', () => {
  test('GIVEN a chart and its subchart WHEN collected THEN every path has its kind', () => {
    expect(run('chart', '--subchart', 'sub=sub')).toEqual({
      chart: 'n',
      version: '1.0.0',
      source: 's',
      paths: {
        args: 'list',
        count: 'number',
        empty: 'open',
        files: 'map',
        'files/a.conf': 'map',
        'files/a.conf/k': 'string',
        'files/b~1c': 'number',
        // Copied whole into the pod, unless templates pick single keys.
        nodeSelector: 'open',
        livenessProbe: 'map',
        'livenessProbe/periodSeconds': 'number',
        securityContext: 'map',
        'securityContext/user': 'map',
        'securityContext/user/id': 'number',
        name: 'string',
        none: 'open',
        nothing: 'null',
        on: 'boolean',
        resources: 'map',
        'resources/limits': 'map',
        'resources/limits/enabled': 'boolean',
        sub: 'map',
        'sub/child': 'number',
        'sub/own': 'number',
        'sub/shared': 'string',
      },
      readWithoutDefault: {
        missing: 'open',
        'files/gone': 'map',
        'files/gone/deep': 'open',
        'files/by-index': 'open',
        global: 'map',
        'global/registry': 'open',
        'sub/hidden': 'open',
      },
    });
  });

  test('GIVEN a JSON file of defaults WHEN collected THEN its member values is read', () => {
    writeFileSync(join(folder, 'defaults.json'), JSON.stringify({ values: { a: { b: null } } }));
    expect(run('defaults.json')).toMatchObject({ paths: { a: 'map', 'a/b': 'null' }, readWithoutDefault: {} });
  });

  test('GIVEN no version WHEN run THEN it prints its usage and exits with 2', () => {
    const { status, stderr } = spawnSync('node', [script, 'chart', '--name', 'n'], { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('usage:');
  });
});
