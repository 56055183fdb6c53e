import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ApiClient, ApiRequest } from '../../lib/cluster/api-client.ts';
import { installCrds, untilServed } from '../../lib/cluster/crds.ts';

const NAME = 'widgets.example.org';
const DISCOVERED = {
  items: [
    {
      metadata: { name: 'example.org' },
      versions: [
        {
          version: 'v1',
          resources: [{ resource: 'widgets', scope: 'Namespaced', responseKind: { kind: 'Widget' } }],
        },
      ],
    },
  ],
};

/** A server that takes definitions, and serves the kind from its `after`th list of kinds on. */
function server(after: number, refusal?: string) {
  const calls: ApiRequest[] = [];
  let lists = 0;
  const send: ApiClient['send'] = async (request) => {
    calls.push(request);
    if (request.path === '/api') return { status: 200, body: {}, warnings: [] };
    if (request.path === '/apis') {
      lists += 1;
      return { status: 200, body: lists >= after ? DISCOVERED : {}, warnings: [] };
    }
    if (request.method === 'PATCH') {
      return { status: refusal === undefined ? 201 : 422, body: { message: refusal ?? '' }, warnings: [] };
    }
    const conditions = [{ type: 'NamesAccepted', status: 'False', message: 'widgets is in use' }];
    return { status: 200, body: { status: { conditions } }, warnings: [] };
  };
  return { client: { send, close: () => {} }, calls };
}

describe('definitions of custom resources (PROVE-5)', () => {
  afterEach(() => void vi.useRealTimers());

  it('GIVEN a definition WHEN it is installed THEN the server lists its kind before anything else is done', async () => {
    const { client, calls } = server(3);
    const kinds = await installCrds(client, [{ name: NAME, text: 'kind: CustomResourceDefinition' }]);
    expect(kinds.get('example.org/v1/Widget')).toEqual({
      root: '/apis/example.org/v1',
      resource: 'widgets',
      namespaced: true,
    });
    expect(calls.filter(({ path }) => path === '/apis')).toHaveLength(3);
    // Definitions are large: none is asked for.
    expect(calls.filter(({ method, path }) => method === 'GET' && path.includes(NAME))).toEqual([]);
  });

  it('GIVEN a definition that the server refuses WHEN it is installed THEN it is named with the reason', async () => {
    const installed = installCrds(server(1, 'no schema').client, [{ name: NAME, text: '' }]);
    await expect(installed).rejects.toThrow(`The definition ${NAME} was refused: no schema`);
  });

  it('GIVEN a definition that is never served WHEN two minutes have passed THEN it is named with what the server says of it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const waiting = untilServed(server(Number.POSITIVE_INFINITY).client, [NAME]);
    vi.setSystemTime(Date.now() + 121_000);
    await expect(waiting).rejects.toThrow(
      `The definition ${NAME} is not served after 120 s: NamesAccepted=False widgets is in use`,
    );
  });
});
