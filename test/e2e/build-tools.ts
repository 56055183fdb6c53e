import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { MOTO } from '../../lib/cluster/controllers/karpenter/karpenter.ts';
import { CONTROLLERS } from '../../lib/cluster/controllers/registry.ts';
import { missingGo } from '../../lib/cluster/go.ts';
import { pythonOf } from '../../lib/cluster/python.ts';
import { buildTool } from '../../lib/cluster/toolchain.ts';
import { ETCD, JOB_TEMPLATE, KUBERNETES, KWOK, moduleFolder } from '../../lib/cluster/tools.ts';
import { packageRoot } from '../../lib/core/asset.ts';
import { AWS_SCHEMAS } from '../aws-schemas/aws-schemas.ts';

/** What every file needs, and what only some do. */
const CONTROL_PLANE = [ETCD, KUBERNETES, KWOK];
const OTHERS = [JOB_TEMPLATE, ...CONTROLLERS.flatMap(({ tools }) => tools)];

const say = (line: string): void => void process.stderr.write(`${line}\n`);

declare module 'vitest' {
  interface ProvidedContext {
    /** Why there is no control plane to run. */
    controlPlaneFailure: string | undefined;
  }
}

async function failureOf(build: Promise<unknown>): Promise<string | undefined> {
  try {
    await build;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Builds what the tests run before the first of them, so that no two files build the same at the same time, and no test
 * is measured beside a compiler. Where files are chosen, what only some need is left to those. Go that is missing is for
 * the suites to speak about, and what cannot be built for those that need it.
 */
export async function setup(project: TestProject): Promise<void> {
  if (missingGo(moduleFolder(KUBERNETES.name)) !== undefined) return;
  // Atelier itself, which some processes of a cluster are, compiles where its sources are newer.
  execFileSync(process.execPath, [join(packageRoot, 'bin/atelier.js'), '--version']);
  for (const tool of CONTROL_PLANE) {
    const failure = await failureOf(buildTool(tool, say));
    if (failure === undefined) continue;
    project.provide('controlPlaneFailure', failure);
    return;
  }
  const { testFiles } = await project.globTestFiles();
  if (project.vitest.state.getPaths().length < testFiles.length) return;
  const builds = [
    ...OTHERS.map((tool) => () => buildTool(tool, say)),
    ...[MOTO, AWS_SCHEMAS].map((tool) => () => pythonOf(tool, say)),
  ];
  for (const build of builds) {
    const failure = await failureOf(build());
    if (failure !== undefined) say(failure);
  }
}
