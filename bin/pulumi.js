// The program of Pulumi.yaml. Like atelier.js it compiles what is newer than build/ first.
import { existsSync } from 'node:fs';
import { getRootDirectory } from '@pulumi/pulumi';

// Pulumi starts programs in their own folder; environments are those beside Pulumi.yaml.
process.chdir(getRootDirectory());
const compiler = new URL('../tools/compile.js', import.meta.url);
if (existsSync(compiler)) await (await import(compiler.href)).compile();
const { deploy } = await import('../build/cloud.js');
export const { environment, cluster, reviewed } = await deploy();
