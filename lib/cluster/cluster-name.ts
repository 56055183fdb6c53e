/** The cluster of commands that name none. */
export const DEFAULT_CLUSTER = 'local';

/** The option that names a cluster in a command to be typed; nothing for the one that needs none: ` --name second`. */
export function nameOption(name: string): string {
  return name === DEFAULT_CLUSTER ? '' : ` --name ${name}`;
}
