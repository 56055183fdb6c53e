import { runInNewContext } from 'node:vm';

/** What expressions of a workflow may name. */
export interface Contexts {
  readonly github: object;
  readonly vars?: object;
  readonly secrets?: object;
  readonly matrix?: object;
  readonly runner?: object;
  readonly steps?: object;
}

/** Value of an expression of GitHub Actions; those of our templates are JavaScript as well. */
export function evaluate(expression: string, contexts: Contexts, failed = false): unknown {
  return runInNewContext(expression, {
    ...contexts,
    cancelled: () => false,
    success: () => !failed,
    contains: (list: readonly unknown[], item: unknown) => list.includes(item),
    fromJSON: (text: string) => JSON.parse(text) as unknown,
  });
}

/** A text with its `${{ }}` replaced. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) => String(evaluate(expression, contexts) ?? ''));
}

/** Whether a job or step runs: its `if`, which implies that nothing failed unless it asks for the status itself. */
export function isWanted(condition: string | undefined, contexts: Contexts, failed: boolean): boolean {
  const expression = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition ?? 'true')?.[1] ?? condition ?? 'true';
  const asksStatus = /\b(cancelled|always|failure|success)\(\)/.test(expression);
  return (asksStatus || !failed) && Boolean(evaluate(expression, contexts, failed));
}
