/** Thrown where somebody asks about what an environment does not have; the message says what there is. */
export class UnknownNameError extends Error {
  override readonly name = 'UnknownNameError';
}
