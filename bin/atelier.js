#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadProgram } from './load-program.js';

const compiler = new URL('../tools/compile.js', import.meta.url);
if (existsSync(compiler)) await (await import(compiler.href)).compile();

const [, , word = ''] = process.argv;
const command = /^[a-z][a-z-]*$/.test(word) ? word : 'help';
await loadProgram(fileURLToPath(new URL('../build/main.cjs', import.meta.url)), command).main();
