/** What commands over several environments are given, as commander declares it. */
export const ENVIRONMENTS = [
  '[environment...]',
  'names of stacks/environments, or paths of .ts, .yaml or .json files (default: all)',
] as const;
