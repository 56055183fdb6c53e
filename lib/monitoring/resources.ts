/** What a container sets aside and what it may use at most, as Kubernetes writes quantities. */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** CPU is mostly left open: a throttled exporter misses scrapes. */
  readonly limits?: { readonly cpu?: string; readonly memory: string };
}
