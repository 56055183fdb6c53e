import { list } from '../core/words.ts';

export { count, distinct, list } from '../core/words.ts';

/** As {@link list}, with a kind that several names share said once: `Namespace a, b and c, NodePool gpu`. */
export function listNamed(names: readonly string[], most = 6): string {
  const kinds = new Map<string, string[]>();
  for (const name of names) {
    const [, kind = '', own = name] = /^(.*) (\S+)$/.exec(name) ?? [];
    const known = kinds.get(kind);
    if (known) known.push(own);
    else kinds.set(kind, [own]);
  }
  return [...kinds].map(([kind, own]) => `${kind}${kind === '' ? '' : ' '}${list(own, most)}`).join(', ');
}
