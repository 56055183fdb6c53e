import { expect, it } from 'vitest';
import { gitOpsAdvice } from '../../lib/pulumi/git-ops-advice.ts';

it('GIVEN an environment that is delivered from Git WHEN Pulumi applies it THEN it is told of the other, else nothing (CLOUD-3, CLOUD-4)', () => {
  const gitOps = { tool: 'flux', repository: 'https://git.example.org/platform.git', revision: 'main' } as const;
  expect(gitOpsAdvice({ name: 'staging', gitOps })).toMatch(/^staging says that Flux delivers it from Git, .*"gitOps"/);
  expect(gitOpsAdvice({ name: 'staging' })).toBeUndefined();
});
