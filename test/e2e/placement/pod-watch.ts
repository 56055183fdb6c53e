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

interface PodEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: WatchedPod;
}
export type PodListener = (event: PodEvent) => void;

/** Every change of every pod, as it happens. */
export interface PodWatch {
  /** Returns what ends the listening. */
  readonly listen: (listener: PodListener) => () => void;
  readonly stop: () => void;
}

/** Begins to watch; resolves once the server has begun to answer. */
export function watchPods(
  { server, authority: ca, certificate: cert, key }: ClusterAccess,
  resourceVersion: string,
): Promise<PodWatch> {
  const listeners = new Set<PodListener>();
  const url = new URL(`/api/v1/pods?watch=1&resourceVersion=${resourceVersion}`, server);
  return new Promise((resolve, reject) => {
    const call = get(url, { ca, cert, key }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`watching pods: HTTP ${response.statusCode}`));
      let rest = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) for (const listener of [...listeners]) listener(JSON.parse(line) as PodEvent);
      });
      resolve({
        listen: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        stop: () => call.destroy(),
      });
    });
    call.on('error', reject);
  });
}
