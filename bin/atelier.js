#!/usr/bin/env node
import { existsSync } from 'node:fs';

const compiler = new URL('../tools/compile.js', import.meta.url);
if (existsSync(compiler)) await (await import(compiler.href)).compile();
await import('../build/main.js');
