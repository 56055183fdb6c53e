import { type Problem, sortProblems } from '../core/problem.ts';
import { type Environment, environmentSchema } from './environment.ts';
import { schemaProblems } from './schema-problems.ts';

export type ParseResult =
  | { readonly ok: true; readonly environment: Environment }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks the shape of an environment and fills in defaults. Reports every problem found (codes ENV001 to ENV007). */
export function parseEnvironment(input: unknown): ParseResult {
  const result = environmentSchema.safeParse(input);
  return result.success
    ? { ok: true, environment: result.data }
    : { ok: false, problems: sortProblems(schemaProblems(environmentSchema, input, result.error.issues)) };
}
