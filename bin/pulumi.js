// The program of Pulumi.yaml. Like atelier.js it compiles what is newer than build/ first.
import { existsSync } from 'node:fs';
import { getRootDirectory } from '@pulumi/pulumi/metadata.js';

// The SDK makes a stack trace for each promise, and Pulumi looks up all their lines in source maps of the SDK: a fifth of
// the time of the whole program.
Error.prepareStackTrace = (error, calls) => [error, ...calls].join('\n    at ');
// Pulumi starts programs in their own folder; environments are those beside Pulumi.yaml.
process.chdir(getRootDirectory());
const compiler = new URL('../tools/compile.js', import.meta.url);
if (existsSync(compiler)) await (await import(compiler.href)).compile();
const { deploy } = await import('../build/cloud.js');
export const { environment, cluster, reviewed } = await deploy();
