/** Something about the local cluster that the person at the keyboard can mend; the message says how. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
}

/** Says one line about work that takes a while. */
export type Report = (line: string) => void;
