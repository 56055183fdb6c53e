import type { ReportedEnvironment } from '../../checks/format/reported-environment.ts';
import { RULES } from '../../checks/registry.ts';
import type { SilencedProblem } from '../../checks/silence.ts';
import type { Problem } from '../../core/problem.ts';
import { problemsOf, type SynthesizedEnvironment, silencedOf, synthesizeAll } from '../environments.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { countProblems, printProblems, printSilenced } from '../problems.ts';
import { colors, printResult } from '../terminal.ts';
import { version } from '../version.ts';

export interface CheckOptions {
  readonly format: 'human' | 'json' | 'sarif' | 'github' | 'gitlab';
}

/** The JSON report; `format` counts up when a field changes its meaning (docs/check.md). */
interface CheckReport {
  readonly format: 1;
  readonly environments: readonly {
    readonly environment: string;
    readonly verdict: 'accepted' | 'refused' | 'invalid';
    readonly problems: readonly Problem[];
    readonly silenced: readonly SilencedProblem[];
  }[];
}

function report(environments: readonly SynthesizedEnvironment[]): CheckReport {
  return {
    format: 1,
    environments: environments.map((environment) => ({
      environment: environment.word,
      verdict: environment.synthesis.kind,
      problems: problemsOf(environment),
      silenced: silencedOf(environment),
    })),
  };
}

function reported(environments: readonly SynthesizedEnvironment[]): readonly ReportedEnvironment[] {
  return environments.map((environment) => ({
    environment: environment.word,
    problems: problemsOf(environment),
    silenced: silencedOf(environment),
  }));
}

function printHuman(environments: readonly SynthesizedEnvironment[]): void {
  for (const environment of environments) {
    const problems = problemsOf(environment);
    printProblems(problems);
    printSilenced(silencedOf(environment));
    const { word, synthesis } = environment;
    const counted = [
      ...(problems.length > 0 ? [countProblems(problems)] : []),
      ...(silencedOf(environment).length > 0 ? [`${silencedOf(environment).length} accepted`] : []),
    ].join(', ');
    if (synthesis.kind === 'invalid') {
      printResult(`${colors.red('✗')} ${word}: ${counted}; mend these first, the rules come after`);
    } else {
      const mark = synthesis.kind === 'accepted' ? colors.green('✓') : colors.red('✗');
      const { profiles, pools, tenants } = synthesis.bundle.platform;
      const scope = `${profiles.length} session profiles on ${pools.length} pools, ${tenants.length} tenants`;
      printResult(`${mark} ${word}: ${RULES.length} rules over ${scope}${counted ? `: ${counted}` : ', all hold'}`);
      // Of one environment all is told; of several, only whether they fit.
      if (environments.length === 1) {
        for (const note of synthesis.bundle.notes) printResult(colors.dim(`  note: ${note}`));
      }
    }
  }
}

async function print(environments: readonly SynthesizedEnvironment[], { format }: CheckOptions): Promise<void> {
  switch (format) {
    case 'human':
      return printHuman(environments);
    case 'json':
      return printResult(JSON.stringify(report(environments), null, 2));
    case 'sarif': {
      const { sarifLog } = await import('../../checks/format/sarif.ts');
      return printResult(JSON.stringify(sarifLog(reported(environments), version()), null, 2));
    }
    case 'github': {
      const { githubCommands } = await import('../../checks/format/github.ts');
      for (const line of githubCommands(reported(environments))) printResult(line);
      return;
    }
    case 'gitlab': {
      const { codeQualityReport } = await import('../../checks/format/gitlab.ts');
      return printResult(JSON.stringify(codeQualityReport(reported(environments)), null, 2));
    }
  }
}

/** `atelier check`: says everything that is wrong, writes nothing. */
export async function runCheck(words: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const environments = await synthesizeAll(words);
  await print(environments, options);
  if (environments.some(({ synthesis }) => synthesis.kind === 'invalid')) return EXIT.badInput;
  return environments.some(({ synthesis }) => synthesis.kind === 'refused') ? EXIT.findings : EXIT.clean;
}
