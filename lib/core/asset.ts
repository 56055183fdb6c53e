import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${fileURLToPath(import.meta.url)}.`);
    folder = parent;
  }
  return folder;
}

/** The folder that holds Atelier's own package.json, from the sources and from the compiled program alike. */
export const packageRoot: string = findPackageRoot();

/** Text of a data file that ships beside the code: `readAsset('lib/workbench/templates/job.tpl')`. */
export function readAsset(path: string): string {
  return readFileSync(join(packageRoot, path), 'utf8');
}
