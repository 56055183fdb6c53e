import type { Bundle } from '../../bundle/bundle.ts';

/** The same function, which answers each Bundle once: many rules ask for the same view of it. */
export function remember<T>(view: (bundle: Bundle) => T): (bundle: Bundle) => T {
  const answers = new WeakMap<Bundle, { readonly answer: T }>();
  return (bundle) => {
    const known = answers.get(bundle);
    if (known) return known.answer;
    const answer = view(bundle);
    answers.set(bundle, { answer });
    return answer;
  };
}
