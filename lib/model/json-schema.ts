import * as z from 'zod';
import type { JsonObject } from '../core/json.ts';
import { environmentSchema } from './environment.ts';

/** JSON Schema (draft 2020-12) of an environment file, from the schema that also validates it: editors complete by it. */
export function environmentJsonSchema(): JsonObject {
  const { tenants } = environmentSchema.shape;
  const file = environmentSchema.extend({
    tenants: z
      .union([tenants, z.strictObject({ file: z.string().describe('YAML file with the list, relative to this one.') })])
      .describe('Forest of tenants, in place or in a file.')
      .optional(),
  });
  const schema = z.toJSONSchema(file, { io: 'input' }) as unknown as JsonObject;
  return { ...schema, title: 'Atelier environment' };
}
