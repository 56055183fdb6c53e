import * as z from 'zod';

/** Who delivers `dist/<environment>` from Git. */
export const gitOpsSchema = z.strictObject({
  tool: z.enum(['argo-cd', 'flux']).describe('Whose objects are written.'),
  repository: z.string().min(1).describe('Git URL of the repository that holds dist/.'),
  revision: z.string().default('main').describe('Branch that is delivered.'),
  path: z.string().optional().describe('Folder of this environment. Default: dist/<environment>.'),
});
export type GitOps = z.output<typeof gitOpsSchema>;

/** Folder of the environment in the repository: stated, or `dist/<environment>`. */
export function gitOpsFolder(environment: string, { path }: GitOps): string {
  return path ?? `dist/${environment}`;
}
