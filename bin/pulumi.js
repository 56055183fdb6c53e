// The program of Pulumi.yaml. Like atelier.js it compiles what is newer than build/ first.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Pulumi starts programs in their own folder; names of environments are looked up from the one above.
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const compiler = new URL('../tools/compile.js', import.meta.url);
if (existsSync(compiler)) await (await import(compiler.href)).compile();
const { deploy } = await import('../build/cloud.js');
export const { environment, cluster, reviewed } = await deploy();
