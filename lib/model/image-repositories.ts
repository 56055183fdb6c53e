import * as z from 'zod';

/** ECR repositories for every image that the environment takes from its registry. */
export const imageRepositoriesSchema = z.strictObject({
  immutableTags: z.boolean().default(true).describe('A tag that was pushed once stands for the same image for ever.'),
  scanOnPush: z.boolean().default(true).describe('ECR looks for known vulnerabilities in what is pushed.'),
  keepUntaggedDays: z.int().min(1).default(14).describe('How long images without a tag are kept.'),
  keepTagged: z.int().min(1).default(50).describe('How many images with a tag are kept, newest first.'),
});
