import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Report } from './cluster-error.ts';
import { identify } from './process.ts';

const HEARTBEAT_MS = 30_000;

/** Something that is made once for a folder and kept. */
export interface Build {
  /** Where it is to be; its name is a hash of everything that decides what is built. */
  readonly folder: string;
  /** What is built, for people: `kube-apiserver, kube-scheduler`. */
  readonly title: string;
  /** Seconds of a first build with downloads, on two cores; what is said before there is a measurement. */
  readonly firstBuildSeconds: number;
  /** Makes it in another folder, which does not exist yet; throws where that fails. */
  readonly make: (unfinished: string) => Promise<void>;
}

/** Half-built folders are named `<hash>.<pid>.building`; those of processes that are gone are cleared away. */
function clearInterrupted(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /\.(\d+)\.building$/.exec(name)?.[1];
    if (pid !== undefined && identify(Number(pid)) === undefined) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

const lastBuildFile = ({ folder }: Build): string => join(dirname(folder), 'last-build-seconds');

function expectation(build: Build): string {
  const file = lastBuildFile(build);
  if (existsSync(file)) return `took ${readFileSync(file, 'utf8').trim()} s last time`;
  return `about ${build.firstBuildSeconds} s on two cores, downloads included`;
}

/** Builds unless that was done before, and returns the folder. It appears at once, as a whole. */
export async function buildOnce(build: Build, report: Report): Promise<string> {
  const { folder, title } = build;
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  clearInterrupted(dirname(folder));
  report(`building ${title} (${expectation(build)}; only once)`);
  const began = Date.now();
  const seconds = (): number => Math.round((Date.now() - began) / 1000);
  const heartbeat = setInterval(() => report(`still building ${title}, ${seconds()} s`), HEARTBEAT_MS);
  const unfinished = `${folder}.${process.pid}.building`;
  try {
    await build.make(unfinished);
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      // Another process was faster: its build is as good as ours.
      if (!existsSync(folder)) throw error;
    }
  } finally {
    clearInterval(heartbeat);
    rmSync(unfinished, { recursive: true, force: true });
  }
  writeFileSync(lastBuildFile(build), `${seconds()}\n`);
  report(`built ${title} in ${seconds()} s (${basename(dirname(folder))}/${basename(folder)})`);
  return folder;
}
