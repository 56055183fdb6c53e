import * as z from 'zod';
import { nameField } from './field.ts';

/** A key of a Secret that exists in the cluster; values never stand in an environment file. */
export const secretReferenceSchema = z.strictObject({
  name: nameField.describe('Name of the Secret.'),
  key: z.string().min(1).describe('Key inside the Secret.'),
});
export type SecretReference = z.output<typeof secretReferenceSchema>;
