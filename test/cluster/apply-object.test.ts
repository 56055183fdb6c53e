import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import type { ApiClient, ApiRequest, ApiResponse } from '../../lib/cluster/api-client.ts';
import { applyObject } from '../../lib/cluster/apply-object.ts';
import type { ServedKinds } from '../../lib/cluster/discovery.ts';

const AR = 'admissionregistration.k8s.io/v1';
const KINDS: ServedKinds = new Map([
  ['v1/ConfigMap', { root: '/api/v1', resource: 'configmaps', namespaced: true }],
  [`${AR}/ValidatingWebhookConfiguration`, { root: `/apis/${AR}`, resource: 'hooks', namespaced: false }],
]);
const MAP: Manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'b' },
  data: { on: 'yes' },
};

/** A server that answers GET with `before` and each PATCH with the next of `answers`. */
function server(before: ApiResponse, ...answers: readonly ApiResponse[]) {
  const calls: ApiRequest[] = [];
  const left = [...answers];
  const send = async (request: ApiRequest): Promise<ApiResponse> => {
    calls.push(request);
    return request.method === 'GET' ? before : (left.shift() ?? { status: 500, body: 'no more', warnings: [] });
  };
  const client: ApiClient = { send, close: () => {} };
  return { client, calls };
}

const answer = (status: number, body: unknown, ...warnings: string[]): ApiResponse => ({ status, body, warnings });
const stored = (data: object, metadata: object): ApiResponse =>
  answer(200, { ...MAP, data, metadata: { ...MAP.metadata, ...metadata } });
const absent = answer(404, { message: 'not found' });

describe('applying one object (PROVE-5)', () => {
  it('GIVEN an object WHEN it is applied THEN its text is sent strictly, forced, under one manager', async () => {
    const { client, calls } = server(absent, answer(201, MAP, 'old field'));
    expect(await applyObject(client, KINDS, MAP)).toEqual({ outcome: { kind: 'created' }, warnings: ['old field'] });
    expect(calls[1]).toMatchObject({
      path: '/api/v1/namespaces/b/configmaps/a?fieldManager=atelier&fieldValidation=Strict&force=true',
      body: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: b\ndata:\n  "on": "yes"\n',
    });
  });

  it.each([
    ['the same again', { on: 'yes' }, { resourceVersion: '7', managedFields: [{ manager: 'atelier' }] }, 'unchanged'],
    ['something else', { on: 'no' }, { resourceVersion: '6' }, 'changed'],
  ])('GIVEN %s WHEN it is applied THEN it is told apart', async (_, data, metadata, kind) => {
    const { client } = server(stored({ on: 'yes' }, { resourceVersion: '6' }), stored(data, metadata));
    expect((await applyObject(client, KINDS, MAP)).outcome).toEqual({ kind });
  });

  it('GIVEN a namespace made a moment ago WHEN the server does not know it yet THEN it is tried again', async () => {
    const early = answer(404, { message: 'namespaces "b" not found' });
    const { client } = server(absent, early, early, answer(201, MAP));
    expect((await applyObject(client, KINDS, MAP)).outcome).toEqual({ kind: 'created' });
  });

  it('GIVEN a server that is too busy WHEN it gives up THEN it is asked again', async () => {
    const busy = answer(504, { message: 'Timeout: request did not complete within requested timeout' });
    const { client } = server(absent, busy, answer(201, MAP));
    expect((await applyObject(client, KINDS, MAP)).outcome).toEqual({ kind: 'created' });
  });

  it('GIVEN any other refusal WHEN it comes THEN it is told at once', async () => {
    const { client, calls } = server(absent, answer(400, { message: 'unknown field "dta"' }));
    expect((await applyObject(client, KINDS, MAP)).outcome).toEqual({
      kind: 'refused',
      message: 'unknown field "dta"',
    });
    expect(calls).toHaveLength(2);
  });

  it('GIVEN a webhook configuration that nobody answers WHEN it is only checked THEN the server keeps nothing', async () => {
    const hook: Manifest = { apiVersion: AR, kind: 'ValidatingWebhookConfiguration', metadata: { name: 'x' } };
    const { client, calls } = server(absent, answer(200, hook));
    expect((await applyObject(client, KINDS, hook, true)).outcome.kind).toBe('checked');
    expect(calls[1]?.path).toContain('dryRun=All');
  });
});
