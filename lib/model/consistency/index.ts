import { resolveProblem } from '../../core/path.ts';
import { type Problem, sortProblems } from '../../core/problem.ts';
import type { Environment } from '../environment.ts';
import { accessProblems } from './access.ts';
import { cloudProblems } from './cloud.ts';
import { imageProblems } from './images.ts';
import { ingressProblems } from './ingress.ts';
import { lateValueProblems } from './late-values.ts';
import { nameProblems } from './names.ts';
import { nodeImageProblems } from './node-images.ts';
import { poolRenderingProblems } from './pool-rendering.ts';
import { nodePoolProblems } from './pools.ts';
import { sessionProblems } from './profiles.ts';
import { settingProblems } from './settings.ts';
import { sparkProblems } from './spark.ts';

const RULES = [
  nameProblems,
  nodePoolProblems,
  poolRenderingProblems,
  nodeImageProblems,
  accessProblems,
  sessionProblems,
  imageProblems,
  settingProblems,
  sparkProblems,
  cloudProblems,
  ingressProblems,
  lateValueProblems,
];

/**
 * What is wrong between the parts of an environment whose shape is right: names that stand for nothing or for two
 * things, settings that exclude each other. Without such problems everything can be derived. `input` is the environment
 * as written, for file and line.
 */
export function consistencyProblems(environment: Environment, input: unknown): readonly Problem[] {
  const found = RULES.flatMap((rule) => rule(environment));
  return sortProblems(found.map((problem) => resolveProblem(problem, input)));
}
