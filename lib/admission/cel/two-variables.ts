import type { ASTNode, Environment, OverlayContext, RootContext, TypeDeclaration } from '@marcbachmann/cel-js';

type Scope = RootContext | OverlayContext;

/** The parts of the library's type checker and evaluator that a macro is given (its README, "Custom macros"). */
interface Checker {
  readonly check: (node: ASTNode, scope: Scope) => TypeDeclaration;
  readonly getType: (name: string) => TypeDeclaration;
  readonly registry: { readonly getListType: (of: TypeDeclaration) => TypeDeclaration };
}
interface Evaluator {
  readonly run: (node: ASTNode, scope: Scope) => unknown;
  readonly dynType: TypeDeclaration;
}

/** A call of a macro: `list.transformList(index, value, filter, transform)`. */
interface Call {
  readonly receiver: ASTNode;
  readonly args: readonly ASTNode[];
}
type Entry = readonly [key: unknown, value: unknown];

/** What a comprehension makes of its entries; `of` evaluates an expression for one of them. */
type Result = (entries: readonly Entry[], of: (node: ASTNode, entry: Entry) => unknown) => unknown;

function nameOf(node: ASTNode | undefined): string {
  if (node?.op !== 'id') throw new Error('A comprehension of two variables begins with two names.');
  return String(node.args);
}

function entriesOf(range: unknown): readonly Entry[] {
  if (Array.isArray(range)) return range.map((value: unknown, index): Entry => [BigInt(index), value]);
  if (typeof range === 'object' && range !== null) return Object.entries(range);
  throw new Error('A comprehension goes over a list or a map.');
}

/** A comprehension over keys (or indexes) and values; `typeOf` says what it gives, from the type of its last expression. */
function comprehension(
  typeOf: (checker: Checker, last: TypeDeclaration) => TypeDeclaration,
  resultOf: (expressions: readonly ASTNode[]) => Result,
) {
  return ({ receiver, args: [first, second, ...expressions] }: Call) => {
    const [key, value] = [nameOf(first), nameOf(second)];
    const result = resultOf(expressions);
    return {
      typeCheck: (checker: Checker, _: unknown, scope: Scope): TypeDeclaration => {
        const dyn = checker.getType('dyn');
        checker.check(receiver, scope);
        const inner = scope.forkWithVariable(key, dyn).forkWithVariable(value, dyn);
        const types = expressions.map((expression) => checker.check(expression, inner));
        return typeOf(checker, types.at(-1) ?? dyn);
      },
      evaluate: (evaluator: Evaluator, _: unknown, scope: Scope): unknown => {
        const { dynType } = evaluator;
        const of = (node: ASTNode, [k, v]: Entry): unknown => {
          const outer = scope.forkWithVariable(key, dynType).setIterValue(k, evaluator);
          return evaluator.run(node, outer.forkWithVariable(value, dynType).setIterValue(v, evaluator));
        };
        return result(entriesOf(evaluator.run(receiver, scope)), of);
      },
    };
  };
}

/** The last expression of every entry that the one before it, where there is one, lets through. */
function selected(expressions: readonly ASTNode[]): (...args: Parameters<Result>) => readonly Entry[] {
  const last = expressions.at(-1);
  const filter = expressions.length > 1 ? expressions[0] : undefined;
  return (entries, of) =>
    entries.flatMap((entry): readonly Entry[] =>
      last && (filter === undefined || of(filter, entry) === true) ? [[entry[0], of(last, entry)]] : [],
    );
}

const toList = comprehension(
  (checker, last) => checker.registry.getListType(last),
  (expressions) => {
    const select = selected(expressions);
    return (...args) => select(...args).map(([, value]) => value);
  },
);

const toMap = comprehension(
  (checker) => checker.getType('map'),
  (expressions) => {
    const select = selected(expressions);
    return (...args) => Object.fromEntries(select(...args).map(([key, value]) => [String(key), value]));
  },
);

/** Whether so many entries meet the condition. An entry that cannot be evaluated counts only where it decides. */
function quantifier(decide: (met: number, entries: number) => boolean, decided: boolean | undefined) {
  return comprehension(
    (checker) => checker.getType('bool'),
    ([condition]) =>
      (entries, of) => {
        let met = 0;
        let failure: unknown;
        for (const entry of entries) {
          try {
            const holds = condition !== undefined && of(condition, entry) === true;
            if (holds) met += 1;
            if (holds === decided) return decided;
          } catch (error) {
            if (decided === undefined) throw error;
            failure ??= error;
          }
        }
        if (failure !== undefined) throw failure;
        return decide(met, entries.length);
      },
  );
}

/**
 * Comprehensions over two variables, the index or key and the value (Kubernetes 1.36, cel-go ext.TwoVarComprehensions):
 * `transformList`, `transformMap`, `all`, `exists`, `existsOne`.
 */
export function addTwoVariables(environment: Environment): void {
  environment
    .registerFunction('list.transformList(ast, ast, ast): list<dyn>', toList)
    .registerFunction('list.transformList(ast, ast, ast, ast): list<dyn>', toList)
    .registerFunction('list.transformMap(ast, ast, ast): map', toMap)
    .registerFunction('list.transformMap(ast, ast, ast, ast): map', toMap)
    .registerFunction(
      'list.all(ast, ast, ast): bool',
      quantifier((met, entries) => met === entries, false),
    )
    .registerFunction(
      'list.exists(ast, ast, ast): bool',
      quantifier((met) => met > 0, true),
    )
    .registerFunction(
      'list.existsOne(ast, ast, ast): bool',
      quantifier((met) => met === 1, undefined),
    );
}
