import { emptyContents } from '../../bundle/contents.ts';
import { layoutFiles } from '../../bundle/layout.ts';
import { UnreadableTreeError } from '../../bundle/read.ts';
import { locate } from '../../core/source.ts';
import { HelmError } from '../../helm/helm-program.ts';
import { findEnvironment, listEnvironments } from '../../loader/find.ts';
import { type Preview, previewContents } from '../../preview/preview.ts';
import { humanReport } from '../../preview/report/human.ts';
import { jsonReport } from '../../preview/report/json.ts';
import { markdownReport } from '../../preview/report/markdown.ts';
import { sarifReport } from '../../preview/report/sarif.ts';
import type { PreviewReport } from '../../preview/report/summary.ts';
import { type Risk, riskRank } from '../../preview/risk.ts';
import { type Base, BaseError } from '../base/base.ts';
import { type BaseOptions, openBase } from '../base/open-base.ts';
import { problemsOf, type SynthesizedEnvironment, synthesizeAll } from '../environments.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { countProblems, printProblems } from '../problems.ts';
import { endProgress, showProgress } from '../progress.ts';
import { colors, printMessage, printResult } from '../terminal.ts';
import { withRenderedCharts } from './rendered-charts.ts';

export interface PreviewOptions extends BaseOptions {
  /** Folder of charts; `undefined`: charts are not rendered. */
  readonly renderCharts?: string;
  readonly format: 'human' | 'markdown' | 'json' | 'sarif';
  readonly failOn: Risk | 'never';
}

const RISK_COLORS = {
  safe: colors.green,
  care: colors.yellow,
  disruptive: colors.red,
  dangerous: (text: string) => colors.bold(colors.red(text)),
} as const;

function formatReport(report: PreviewReport, format: PreviewOptions['format']): string {
  switch (format) {
    case 'human':
      return humanReport(report, {
        risk: (risk, text) => RISK_COLORS[risk](text),
        heading: colors.bold,
        dim: colors.dim,
        added: colors.green,
        removed: colors.red,
      });
    case 'markdown':
      return markdownReport(report).trimEnd();
    case 'json':
      return jsonReport(report);
    case 'sarif':
      return sarifReport(report);
  }
}

async function previewOne(
  environment: SynthesizedEnvironment,
  base: Base,
  charts: string | undefined,
): Promise<Preview> {
  const { word, synthesis, input } = environment;
  if (synthesis.kind === 'invalid') throw new Error(`${word} has no Bundle.`);
  const { bundle, findings } = synthesis;
  const wanted = {
    file: findEnvironment(word),
    environment: bundle.environment,
    known: { bundle, files: layoutFiles(bundle) },
  };
  const before = await base.read(wanted);
  const isNew = before === undefined && base.name !== 'nothing';
  const sides = [before ?? emptyContents(bundle.environment), bundle] as const;
  // Of an environment that is new everything is new, and only what will not work is worth a word.
  const isRendered = charts !== undefined && before !== undefined;
  const [earlier, later] = isRendered ? await withRenderedCharts(...sides, charts) : sides;
  return previewContents(earlier, later, {
    problems: findings,
    notes: isNew ? [`${base.name} has no environment "${bundle.environment}": everything is new.`] : [],
    locate: (at) => locate(input, at),
  });
}

async function previewAll(
  environments: readonly SynthesizedEnvironment[],
  base: Base,
  charts: string | undefined,
): Promise<readonly Preview[]> {
  const previews: Preview[] = [];
  for (const environment of environments) {
    showProgress(`comparing ${environment.word} with ${base.name}`);
    previews.push(await previewOne(environment, base, charts));
  }
  for (const before of await base.others()) {
    previews.push(
      previewContents(
        before,
        { ...emptyContents(before.environment) },
        {
          notes: [
            'Its file is no longer there. Atelier deletes nothing: what runs goes on until the delivery prunes it or somebody deletes it.',
          ],
        },
      ),
    );
  }
  endProgress();
  return previews;
}

/** Everything that is wrong where an environment cannot be understood; such a preview would be of half the truth. */
function refuse(environments: readonly SynthesizedEnvironment[]): boolean {
  const invalid = environments.filter(({ synthesis }) => synthesis.kind === 'invalid');
  printProblems(invalid.flatMap(problemsOf));
  for (const environment of invalid)
    printMessage(`${environment.word}: ${countProblems(problemsOf(environment))}; mend these first.`);
  return invalid.length > 0;
}

/** `atelier preview`: says what a change of environments will do; writes nothing. */
export async function runPreview(words: readonly string[], options: PreviewOptions): Promise<ExitCode> {
  const files = words.length > 0 ? [...new Set(words)].map(findEnvironment) : listEnvironments();
  let base: Base | undefined;
  try {
    // First, because another process synthesizes the base while this one synthesizes what is here.
    base = openBase(options, files, words.length === 0);
    const environments = await synthesizeAll(words);
    if (refuse(environments)) return EXIT.badInput;
    const previews = await previewAll(environments, base, options.renderCharts);
    printResult(formatReport({ base: { name: base.name, notes: base.notes }, previews }, options.format));
    const { failOn } = options;
    const risky = failOn !== 'never' && previews.some(({ risk }) => riskRank(risk) >= riskRank(failOn));
    const broken = environments.some(({ synthesis }) => synthesis.kind === 'refused');
    return risky || broken ? EXIT.findings : EXIT.clean;
  } catch (error) {
    const isExpected = [BaseError, UnreadableTreeError, HelmError].some((expected) => error instanceof expected);
    if (!(isExpected && error instanceof Error)) throw error;
    endProgress();
    printMessage(`error ${error.message}`);
    return EXIT.badInput;
  } finally {
    base?.close();
  }
}
