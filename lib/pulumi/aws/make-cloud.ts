import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { Bundle } from '../../bundle/bundle.ts';
import { Cloud } from './cloud.ts';
import { liveSizes } from './live-sizes.ts';
import { accountProvider } from './provider.ts';

/** The cloud of a Bundle, made or brought up to date, knowing what whoever scales has made of it since. */
export async function makeCloud(name: string, bundle: Bundle, opts?: ComponentResourceOptions): Promise<Cloud> {
  const provider = accountProvider(name, bundle.platform.environment);
  const sizes = await liveSizes(bundle, { provider });
  return new Cloud(name, { bundle, provider, sizes }, opts);
}
