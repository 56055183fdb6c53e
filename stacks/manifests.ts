import { App } from 'cdk8s';
import { formatProblem, InvalidEnvironmentError } from '../lib/core/problem.ts';
import { listEnvironments } from '../lib/loader/find.ts';
import { loadEnvironment } from '../lib/loader/load.ts';
import { platformCharts } from './platform.ts';
import { synthesize } from './synth.ts';

/**
 * Entry of cdk8s.yaml: `cdk8s synth` writes one file per environment and phase. The folders that `atelier synth` writes
 * are for review and delivery; this is for tools that know cdk8s.
 */
async function main(): Promise<void> {
  const app = new App();
  for (const { name } of listEnvironments()) {
    const { input } = await loadEnvironment(name);
    const synthesis = synthesize(input);
    if (synthesis.kind !== 'accepted') {
      const problems = synthesis.kind === 'invalid' ? synthesis.problems : synthesis.findings;
      throw new InvalidEnvironmentError(problems);
    }
    platformCharts(app, synthesis.bundle.platform, `${name}-`);
  }
  app.synth();
}

try {
  await main();
} catch (error) {
  if (!(error instanceof InvalidEnvironmentError)) throw error;
  console.error(error.problems.map(formatProblem).join('\n'));
  process.exitCode = 2;
}
