import { expect, it } from 'vitest';
import { checkpointAdvice } from '../../lib/pulumi/checkpoint-advice.ts';

it('GIVEN thousands of resources WHEN nobody has decided about checkpoints THEN it says what they cost, else nothing (CLOUD-3)', () => {
  expect(checkpointAdvice(3999, {})).toBeUndefined();
  expect(checkpointAdvice(4000, {})).toMatch(/^4000 resources: .*docs\/pulumi\.md/);
  expect(checkpointAdvice(4000, { PULUMI_SKIP_CHECKPOINTS: 'true' })).toBeUndefined();
  expect(checkpointAdvice(4000, { PULUMI_SKIP_CHECKPOINTS: 'false' })).toBeUndefined();
});
