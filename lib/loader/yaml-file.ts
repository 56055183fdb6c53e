import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { InvalidEnvironmentError } from '../core/problem.ts';
import { attachLocation, type SourceLocation } from '../core/source.ts';

type At = (offset: number) => SourceLocation;

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
  if (isAlias(node)) {
    // One line would answer for several places, and a value could contain itself.
    throw new InvalidEnvironmentError([
      {
        code: 'ENV010',
        severity: 'error',
        path: '(file)',
        source: at(start(node)),
        message: `the alias "*${node.source}" is not supported.`,
        hint: 'Write the value out, or use a .ts environment to share parts.',
      },
    ]);
  }
  return isScalar(node) ? node.value : null;
}

/** Reads a YAML or JSON file (JSON is YAML). Throws {@link InvalidEnvironmentError} for syntax and duplicate keys. */
export function readYamlFile(path: string, shownAs: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  const at: At = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { file: shownAs, line, column: col };
  };
  if (document.errors.length > 0) {
    throw new InvalidEnvironmentError(
      document.errors.map((error) => ({
        code: 'ENV010',
        severity: 'error',
        path: '(file)',
        source: at(error.pos[0]),
        message: `cannot be read as YAML: ${error.message.replace(/\.$/, '')}.`,
      })),
    );
  }
  return toData(document.contents, at);
}
