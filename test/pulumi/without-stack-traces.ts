/**
 * Runs a program with errors that hold no stack trace. Pulumi takes one for every promise it makes, and vitest maps
 * each back to sources: that was half the time of these tests.
 */
export async function withoutStackTraces<T>(program: () => Promise<T>): Promise<T> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await program();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
