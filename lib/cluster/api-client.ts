import type { OutgoingHttpHeaders } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import type { ClusterAccess } from './kubeconfig.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  /** Text of the body; JSON or YAML as `contentType` says. */
  readonly body?: string;
  /** @default application/json */
  readonly contentType?: string;
  /** @default application/json */
  readonly accept?: string;
  /** User to impersonate. @default the client itself */
  readonly as?: string;
  /** Groups of the user to impersonate, besides those that every user has. @default none */
  readonly groups?: readonly string[];
}

export interface ApiResponse {
  readonly status: number;
  /** The body where it is JSON, else its text. */
  readonly body: unknown;
  /** What the server warns of, as `kubectl` prints it. */
  readonly warnings: readonly string[];
}

/** A connection to an API server that stays open between requests. */
export interface ApiClient {
  readonly send: (request: ApiRequest) => Promise<ApiResponse>;
  readonly close: () => void;
}

const TIMEOUT_MS = 60_000;
/** Requests at the same time; more do not finish sooner on two cores. */
const CONNECTIONS = 8;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `299 - "text"` of RFC 9111, 5.5. */
function warningTexts(header: string | undefined): readonly string[] {
  return [...(header ?? '').matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    text.replace(/\\(.)/g, '$1'),
  );
}

/** Opens a client for an API server or another server of the cluster. */
export function connect({ server, authority, certificate, key }: ClusterAccess): ApiClient {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, ca: authority, cert: certificate, key });
  const send = ({ method, path, body, contentType, accept, as, groups }: ApiRequest): Promise<ApiResponse> =>
    new Promise((resolve, reject) => {
      const headers: OutgoingHttpHeaders = { accept: accept ?? 'application/json' };
      if (body !== undefined) {
        headers['content-type'] = contentType ?? 'application/json';
        headers['content-length'] = Buffer.byteLength(body);
      }
      if (as !== undefined) headers['impersonate-user'] = as;
      if (groups !== undefined) headers['impersonate-group'] = [...groups];
      const options: RequestOptions = { agent, method, headers, timeout: TIMEOUT_MS };
      const call = request(new URL(path, server), options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: parse(Buffer.concat(parts).toString('utf8')),
            warnings: warningTexts(response.headers.warning),
          }),
        );
      });
      call.on('timeout', () => call.destroy(new Error(`${server} did not answer within ${TIMEOUT_MS / 1000} s`)));
      call.on('error', reject);
      call.end(body);
    });
  return { send, close: () => agent.destroy() };
}

/** `message` of a Status, or whatever else the server said. */
export function messageOf({ status, body }: ApiResponse): string {
  if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
  return typeof body === 'string' && body !== '' ? body.trim() : `HTTP ${status}`;
}
