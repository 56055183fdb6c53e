/** Atelier as a library: what environment files import, and synth, check, write and preview as functions. */

export { type Synthesis, synthesize } from '../stacks/synth.ts';
export type { Bundle, BundleObject, BundleRelease, Manifest, Origin } from './bundle/bundle.ts';
export { indexFile } from './bundle/index-file.ts';
export { layoutFiles } from './bundle/layout.ts';
export { PHASES, type Phase } from './bundle/phase.ts';
export { readTree } from './bundle/read.ts';
export { replaceFolders } from './bundle/write.ts';
export { RULES } from './checks/registry.ts';
export type { Rule } from './checks/rule.ts';
export { formatProblem, InvalidEnvironmentError, type Problem } from './core/problem.ts';
export * from './define.ts';
export { environmentNames } from './loader/find.ts';
export { loadEnvironment } from './loader/load.ts';
export type { Environment, EnvironmentInput } from './model/environment.ts';
export type { Platform } from './model/platform.ts';
export { type Preview, previewContents } from './preview/preview.ts';
export { markdownReport } from './preview/report/markdown.ts';
