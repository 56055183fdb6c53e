/** Exit codes of every command; `--help` lists them. */
export const EXIT = {
  /** Done, nothing to complain of (warnings do not count). */
  clean: 0,
  /** The environment was understood and something in it does not fit. */
  findings: 1,
  /** The environment, an option or a path is wrong. */
  badInput: 2,
  /** A mistake of Atelier. */
  internal: 3,
} as const;

/** What a shell says of a program that Ctrl-C ended. */
export const INTERRUPTED = 130;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
