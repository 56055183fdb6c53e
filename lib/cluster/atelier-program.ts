import { join } from 'node:path';
import { packageRoot } from '../core/asset.ts';
import type { Command } from './component.ts';

/** A part of Atelier that runs as a process of its own: the hidden command `atelier process <name> <options>`. */
export function atelierProgram(name: string, options: Readonly<Record<string, string>>): Command {
  const flags = Object.entries(options).map(([option, value]) => `--${option}=${value}`);
  return { program: process.execPath, args: [join(packageRoot, 'bin', 'atelier.js'), 'process', name, ...flags] };
}
