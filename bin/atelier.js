#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { loadProgram } from './load-program.js';

// Machine code of functions that V8 finds busy costs a run of half a second more than it gives: find them so four times
// as late. A run of many seconds takes a tenth longer for it.
setFlagsFromString(`--interrupt-budget=${4 * 66 * 1024}`);

const compiler = new URL('../tools/compile.js', import.meta.url);
if (existsSync(compiler)) await (await import(compiler.href)).compile();

const [, , word = ''] = process.argv;
const command = /^[a-z][a-z-]*$/.test(word) ? word : 'help';
await loadProgram(fileURLToPath(new URL('../build/main.cjs', import.meta.url)), command).main();
