import { rulePage } from '../../checks/page.ts';
import { REFERENCE_CODES, SHAPE_CODES } from '../../checks/problem-codes.ts';
import { RULE_TEXTS } from '../../checks/registry.ts';
import { didYouMean } from '../../core/suggest.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { colors, printMessage, printResult } from '../terminal.ts';

/** What is known under an identifier, as text; `undefined` where nothing is. */
function explain(word: string): string | undefined {
  const id = word.toUpperCase();
  const rule = RULE_TEXTS.find((each) => each.id === id);
  if (rule) return rulePage(rule).trimEnd();
  const code = [...SHAPE_CODES, ...REFERENCE_CODES].find((each) => each.id === id);
  return (
    code && `# ${code.id}: ${code.what}\n\nThe environment cannot be understood before this is mended (exit code 2).`
  );
}

/** `atelier rules [id...]`: the list, or what stands in docs/rules. */
export function runRules(ids: readonly string[]): ExitCode {
  if (ids.length === 0) {
    for (const { id, severity, title } of RULE_TEXTS) {
      printResult(`${id}  ${(severity === 'error' ? colors.red : colors.yellow)(severity.padEnd(7))}  ${title}`);
    }
    return EXIT.clean;
  }
  const unknown = ids.filter((id) => explain(id) === undefined);
  if (unknown.length > 0) {
    const known = [...RULE_TEXTS, ...SHAPE_CODES, ...REFERENCE_CODES].map(({ id }) => id);
    for (const id of unknown) printMessage(`error "${id}" is no rule. ${didYouMean(id.toUpperCase(), known)}`);
    return EXIT.badInput;
  }
  printResult(ids.map((id) => explain(id) ?? '').join('\n\n'));
  return EXIT.clean;
}
