import { Environment } from '@marcbachmann/cel-js';
import { addAuthorizer } from './authorizer.ts';
import { addListFunctions } from './lists.ts';
import { addQuantities } from './quantity.ts';
import { addTwoVariables } from './two-variables.ts';
import { Undecided } from './undecided.ts';
import type { CelValue } from './values.ts';

/** What an expression sees: `object`, `oldObject`, `request`, `namespaceObject`, `authorizer`, `variables`. */
export type Scope = Readonly<Record<string, CelValue>>;

/**
 * Evaluates an expression.
 *
 * @throws Undecided where it hangs on what only a cluster knows, or uses what this evaluator does not know.
 * @throws Error where CEL ends in an error.
 */
export type Expression = (scope: Scope) => CelValue;

function kubernetesEnvironment(): Environment {
  const environment = new Environment({
    enableOptionalTypes: true,
    unlistedVariablesAreDyn: true,
    limits: { maxListElements: 10_000, maxMapEntries: 10_000 },
  });
  addQuantities(environment);
  addListFunctions(environment);
  addTwoVariables(environment);
  addAuthorizer(environment);
  return environment;
}

let environment: Environment | undefined;
const COMPILED = new Map<string, Expression>();

function compile(text: string): Expression {
  environment ??= kubernetesEnvironment();
  try {
    const parsed = environment.parse(text);
    const { valid, error } = parsed.check();
    if (valid) return parsed as Expression;
    throw error;
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return () => {
      throw new Undecided(`Atelier cannot evaluate its CEL (${reason})`);
    };
  }
}

/** An expression, parsed and checked once however often it is asked for; one that cannot be is never decided. */
export function expressionOf(text: string): Expression {
  const known = COMPILED.get(text);
  if (known) return known;
  const expression = compile(text);
  COMPILED.set(text, expression);
  return expression;
}
