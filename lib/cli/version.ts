import { readAsset } from '../core/asset.ts';

/** Version of Atelier, as its package.json says. */
export function version(): string {
  return (JSON.parse(readAsset('package.json')) as { version: string }).version;
}
