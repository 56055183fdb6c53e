import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what was built is kept, outside the checkout: `$XDG_CACHE_HOME/atelier/tools/<tool>`. */
export function cacheFolder(tool: string): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'atelier', 'tools', tool);
}
