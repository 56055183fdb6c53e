import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundleContents } from '../../bundle/contents.ts';
import { isWrittenTree, readTree, UnreadableTreeError } from '../../bundle/read.ts';
import { didYouMean } from '../../core/suggest.ts';
import { type Applied, UnreadablePlanError } from '../../verify/applied.ts';
import { readApplied } from '../../verify/read-applied.ts';
import { humanReport } from '../../verify/report/human.ts';
import { jsonReport } from '../../verify/report/json.ts';
import { verify } from '../../verify/verify.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { colors, printMessage, printResult } from '../terminal.ts';

export interface VerifyOptions {
  /** File, or `-` for stdin; one of both is given. */
  readonly plan?: string;
  readonly state?: string;
  readonly out: string;
  readonly format: 'human' | 'json';
}

/** Thrown where the command line asks for what cannot be compared. */
class VerifyInputError extends Error {
  override readonly name = 'VerifyInputError';
}

const STDIN = 0;

function readSource({ plan, state }: VerifyOptions): Applied {
  const [file, source] = plan === undefined ? [state, 'state' as const] : [plan, 'plan' as const];
  if (file === undefined) throw new VerifyInputError('Say what to compare: --plan FILE or --state FILE.');
  try {
    return readApplied(readFileSync(file === '-' ? STDIN : file, 'utf8'), source);
  } catch (error) {
    if (!(error instanceof UnreadablePlanError)) throw error;
    throw new UnreadablePlanError(`--${source} ${file}: ${error.message}`);
  }
}

/** The stack of an environment is called as it is; anything else would compare two environments. */
function chosenEnvironment(word: string | undefined, { source, stack }: Applied): string {
  if (word === undefined && stack === undefined) {
    throw new VerifyInputError(`The ${source} holds no resources that name a stack: say which environment is meant.`);
  }
  if (word !== undefined && stack !== undefined && word !== stack) {
    throw new VerifyInputError(
      `The ${source} is of stack "${stack}", not of "${word}". Make it with --stack ${word}, or compare it with ${stack}.`,
    );
  }
  return word ?? stack ?? '';
}

function readReviewed(
  out: string,
  environment: string,
): { readonly folder: string; readonly contents: BundleContents } {
  const folder = isWrittenTree(out) ? out : join(out, environment);
  if (!existsSync(folder)) {
    const written = existsSync(out) ? readdirSync(out).filter((name) => isWrittenTree(join(out, name))) : [];
    throw new VerifyInputError(
      `${folder} does not exist, so there is nothing that was reviewed. ${written.length > 0 ? `${didYouMean(environment, written)} ` : ''}Write it with "atelier synth ${environment}", or name its folder with --out.`,
    );
  }
  const contents = readTree(folder);
  if (contents.environment !== environment) {
    throw new VerifyInputError(`${folder} holds environment "${contents.environment}", not "${environment}".`);
  }
  return { folder, contents };
}

/** `atelier verify`: says whether Pulumi applies what was reviewed; reads files only. */
export async function runVerify(word: string | undefined, options: VerifyOptions): Promise<ExitCode> {
  try {
    const applied = readSource(options);
    const { folder, contents } = readReviewed(options.out, chosenEnvironment(word, applied));
    const verification = verify(contents, applied);
    const paint = { heading: colors.bold, dim: colors.dim, added: colors.green, removed: colors.red };
    printResult(options.format === 'json' ? jsonReport(verification) : humanReport(verification, folder, paint));
    return verification.differences.length === 0 ? EXIT.clean : EXIT.findings;
  } catch (error) {
    const known = [UnreadablePlanError, UnreadableTreeError, VerifyInputError].some((kind) => error instanceof kind);
    if (!known || !(error instanceof Error)) throw error;
    printMessage(`error ${error.message}`);
    return EXIT.badInput;
  }
}
