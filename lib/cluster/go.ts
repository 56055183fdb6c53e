import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Environment of every call of Go: the toolchain that is installed, never one that Go would fetch on its own. */
export function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GOTOOLCHAIN: 'local', CGO_ENABLED: '0' };
}

/** The version that the `go` line of a module asks for. */
function requiredGo(moduleFolder: string): string {
  return /^go (\S+)$/m.exec(readFileSync(join(moduleFolder, 'go.mod'), 'utf8'))?.[1] ?? '';
}

function installedGo(): string | undefined {
  const { stdout } = spawnSync('go', ['env', 'GOVERSION'], { env: goEnvironment(), encoding: 'utf8' });
  return /^go(\d+(?:\.\d+)*)/.exec(stdout ?? '')?.[1];
}

function isAtLeast(version: string, floor: string): boolean {
  const parts = version.split('.').map(Number);
  const floors = floor.split('.').map(Number);
  const first = floors.findIndex((part, index) => part !== (parts[index] ?? 0));
  return first === -1 || (parts[first] ?? 0) > (floors[first] ?? 0);
}

/** What to say where Go is missing or older than the module needs; undefined where it will do. */
export function missingGo(moduleFolder: string): string | undefined {
  const required = requiredGo(moduleFolder);
  const installed = installedGo();
  if (installed !== undefined && isAtLeast(installed, required)) return undefined;
  return `needs Go ${required} or newer on the PATH, found ${installed ?? 'none'} (https://go.dev/dl)`;
}
