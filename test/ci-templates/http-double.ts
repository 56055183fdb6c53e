import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Call {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly token: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Answer = { readonly status: number; readonly body: unknown } | undefined;

/** A server of this machine in place of a forge's API, with every call that it got. */
export interface ApiDouble {
  readonly url: string;
  readonly calls: readonly Call[];
  readonly close: () => void;
}

/** Starts a server that answers as told; what it has no answer to is not found. */
export async function startApi(answer: (call: Call) => Answer): Promise<ApiDouble> {
  const calls: Call[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      const { authorization, 'private-token': token } = request.headers;
      const call: Call = {
        method: request.method ?? '',
        path: request.url ?? '',
        token: authorization ?? (Array.isArray(token) ? token[0] : token),
        body: text === '' ? {} : (JSON.parse(text) as Call['body']),
      };
      calls.push(call);
      const { status, body } = answer(call) ?? { status: 404, body: { message: 'Not Found' } };
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls, close: () => void server.close() };
}

/** A page of a list, as both forges cut them. */
export function pageOf<T>(list: readonly T[], path: string): readonly T[] {
  const query = new URL(path, 'http://api').searchParams;
  const [size, page] = [Number(query.get('per_page') ?? 20), Number(query.get('page') ?? 1)];
  return list.slice((page - 1) * size, page * size);
}
