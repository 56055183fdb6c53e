import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml';
import { InvalidEnvironmentError, type Problem } from '../core/problem.ts';
import { attachLocation, type SourceLocation } from '../core/source.ts';
import { readTextFile } from './text-file.ts';
import { type At, yamlProblems } from './yaml-problems.ts';

const start = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;

/** Plain data of a YAML node; maps and lists remember where they and their entries stand. */
function toData(node: unknown, at: At): unknown {
  if (isMap(node)) {
    const data: Record<string, unknown> = {};
    const keys: Record<string, SourceLocation> = {};
    for (const pair of node.items as Pair<unknown, unknown>[]) {
      const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      // A plain assignment of "__proto__" would vanish instead of being refused as an unknown key.
      Object.defineProperty(data, key, {
        value: toData(pair.value, at),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      keys[key] = at(start(pair.key));
    }
    return attachLocation(data, at(start(node)), keys);
  }
  if (isSeq(node)) {
    const data = node.items.map((item) => toData(item, at));
    const keys = Object.fromEntries(node.items.map((item, index) => [String(index), at(start(item))]));
    return attachLocation(data, at(start(node)), keys);
  }
  return isScalar(node) ? node.value : null;
}

/** Aliases are refused: one line would answer for several places, and a value could contain itself. */
function aliasProblems(root: Node | null, at: At): readonly Problem[] {
  const problems: Problem[] = [];
  visit(root, (_, node) => {
    if (!isAlias(node)) return;
    problems.push({
      code: 'ENV010',
      severity: 'error',
      path: '(file)',
      source: at(start(node)),
      message: `the alias "*${node.source}" is not supported.`,
      hint: 'Write the value out, or use a .ts environment to share parts.',
    });
  });
  return problems;
}

/**
 * Reads a YAML or JSON file (JSON is YAML). Throws {@link InvalidEnvironmentError} for a file that cannot be read, for
 * syntax, for keys that stand twice and for aliases.
 */
export function readYamlFile(path: string, shownAs: string): unknown {
  const lines = new LineCounter();
  const text = readTextFile(path, shownAs);
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  const at: At = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { file: shownAs, line, column: col };
  };
  const problems = [...yamlProblems(document.errors, text, at), ...aliasProblems(document.contents, at)];
  if (problems.length > 0) throw new InvalidEnvironmentError(problems);
  return toData(document.contents, at);
}
