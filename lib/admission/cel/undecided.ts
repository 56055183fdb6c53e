/** What an expression asks for is not to be known without a cluster: whoever evaluates it must not guess. */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}
