import * as z from 'zod';

/** Name of a user as the directory and Workbench write it; without the characters of an INI section. */
export const userNameField = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._@-]*$/, 'is no user name');

/** A group of the user directory that profiles are offered to. Order matters: later groups win in Workbench. */
export const directoryGroupSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, 'is no group name')
    .describe('Name in the directory; Workbench rejects its whole profile file for one unknown group.'),
  description: z.string().optional().describe('Who is in it.'),
  includes: z.array(z.string()).default([]).describe('Groups whose profiles this group is offered too.'),
  members: z
    .array(userNameField)
    .default([])
    .describe(
      'Known members. A user in several groups gets a section of his own, because Workbench lets one group win.',
    ),
});
export type DirectoryGroup = z.output<typeof directoryGroupSchema>;
