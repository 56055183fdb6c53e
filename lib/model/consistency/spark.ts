import type { PlacedProblem } from '../../core/path.ts';
import { GiB } from '../../core/quantity.ts';
import type { Environment } from '../environment.ts';
import { tenantTree } from '../tenant-tree.ts';
import { unknownReference } from './unknown-reference.ts';

/** Spark itself refuses less than 450 MiB of heap (UnifiedMemoryManager). */
const LEAST_MEMORY = GiB;

type Choice = NonNullable<Environment['spark']>;

function podProblems(environment: Environment, spark: Choice, role: 'driver' | 'executors'): readonly PlacedProblem[] {
  const { pool: name, cpu, memory, priorityClass } = spark[role];
  const at = ['spark', role];
  const problems: PlacedProblem[] = [];
  const pools = environment.nodePools.map((pool) => pool.name);
  const classes = environment.priorities.map((step) => step.name);
  const pool = environment.nodePools.find((each) => each.name === name);
  if (!pool) problems.push(unknownReference('REF002', [...at, 'pool'], 'node pool', name, pools));
  else if (pool.role === 'system') {
    const message = `pool "${name}" is for the platform itself.`;
    problems.push({ code: 'REF008', at: [...at, 'pool'], message, hint: 'Choose a general or a dedicated pool.' });
  }
  if (priorityClass !== undefined && !classes.includes(priorityClass)) {
    problems.push(unknownReference('REF005', [...at, 'priorityClass'], 'step of priorities', priorityClass, classes));
  }
  if (cpu === 0) problems.push({ code: 'REF009', at: [...at, 'cpu'], message: 'is 0.', hint: 'Use more.' });
  if (memory < LEAST_MEMORY) {
    const message = 'is less than the heap of Spark and its overhead need.';
    problems.push({ code: 'REF009', at: [...at, 'memory'], message, hint: 'Use 1Gi or more.' });
  }
  return problems;
}

function gpuProblems(environment: Environment, { executors }: Choice): readonly PlacedProblem[] {
  const sharing = environment.nodePools.find(({ name }) => name === executors.pool)?.sharing.kind;
  if (!executors.gpu || sharing === undefined || sharing === 'exclusive') return [];
  const message = `Spark gives its tasks whole GPUs, and those of pool "${executors.pool}" are shared.`;
  return [
    { code: 'REF008', at: ['spark', 'executors', 'gpu'], message, hint: 'Choose a pool with sharing exclusive.' },
  ];
}

function namespaceProblems(environment: Environment, { namespaces }: Choice): readonly PlacedProblem[] {
  const workspaces = tenantTree(environment).flatMap(({ name, kind }) => (kind === 'workspace' ? [name] : []));
  return namespaces.flatMap((name, index) =>
    workspaces.includes(name)
      ? []
      : [unknownReference('REF014', ['spark', 'namespaces', index], 'workspace of a tenant', name, workspaces)],
  );
}

/** Spark: pools (REF002), classes (REF005), pools that will not do (REF008), sizes (REF009), namespaces (REF014). */
export function sparkProblems(environment: Environment): readonly PlacedProblem[] {
  const { spark } = environment;
  if (!spark) return [];
  return [
    ...podProblems(environment, spark, 'driver'),
    ...podProblems(environment, spark, 'executors'),
    ...gpuProblems(environment, spark),
    ...namespaceProblems(environment, spark),
  ];
}
