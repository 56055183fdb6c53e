import type { ClientRequest } from 'node:http';
import { get } from 'node:https';
import type { ClusterAccess } from '../../../lib/cluster/kubeconfig.ts';

/** What a pod looks like to those who wait for the scheduler. */
export interface WatchedPod {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly nodeName?: string };
  readonly status?: {
    readonly nominatedNodeName?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}
export type PodListener = (type: 'ADDED' | 'MODIFIED' | 'DELETED', pod: WatchedPod) => void;

/** Every change of every pod, as it happens. */
export class PodWatch {
  readonly #listeners = new Set<PodListener>();
  #call: ClientRequest | undefined;

  /** Resolves once the server has begun to answer. */
  start({ server, authority: ca, certificate: cert, key }: ClusterAccess, resourceVersion: string): Promise<void> {
    const url = new URL(`/api/v1/pods?watch=1&resourceVersion=${resourceVersion}`, server);
    return new Promise((resolve, reject) => {
      this.#call = get(url, { ca, cert, key }, (response) => {
        if (response.statusCode !== 200) return reject(new Error(`watching pods: HTTP ${response.statusCode}`));
        let rest = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          const lines = (rest + text).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) {
            const { type, object } = JSON.parse(line) as { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: WatchedPod };
            for (const listener of [...this.#listeners]) listener(type, object);
          }
        });
        resolve();
      });
      this.#call.on('error', reject);
    });
  }

  listen(listener: PodListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#call?.destroy();
  }
}
