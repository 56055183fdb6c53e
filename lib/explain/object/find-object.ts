import type { Bundle, BundleObject } from '../../bundle/bundle.ts';
import { didYouMean } from '../../core/suggest.ts';
import { list } from '../../core/words.ts';
import { UnknownNameError } from '../unknown-name.ts';
import { describeName, nameOf } from './object-name.ts';

/** `kind/name` and, where it has a namespace, `kind/namespace/name`; kinds without regard to case, as kubectl takes them. */
function wordsFor({ manifest: { kind, metadata } }: BundleObject): readonly string[] {
  const short = `${kind.toLowerCase()}/${metadata.name}`;
  return metadata.namespace === undefined
    ? [short]
    : [short, `${kind.toLowerCase()}/${metadata.namespace}/${metadata.name}`];
}

/** The object that KIND/NAME or KIND/NAMESPACE/NAME means. */
export function findObject(bundle: Bundle, word: string): BundleObject {
  const [kind = '', ...rest] = word.split('/');
  const wanted = [kind.toLowerCase(), ...rest].join('/');
  const found = bundle.objects.filter((object) => wordsFor(object).includes(wanted));
  const [object] = found;
  if (object && found.length === 1) return object;
  if (object) {
    const names = found.map(nameOf).map(describeName);
    throw new UnknownNameError(`There are ${found.length} objects ${word}: ${list(names, 6)}. Name one of them.`);
  }
  if (rest.length === 0 || rest.length > 2 || rest.includes('')) {
    throw new UnknownNameError(
      `"${word}" is no object: write KIND/NAME or KIND/NAMESPACE/NAME, as in Namespace/kyverno.`,
    );
  }
  const ofKind = bundle.objects.filter(({ manifest }) => manifest.kind.toLowerCase() === kind.toLowerCase());
  if (ofKind.length === 0) {
    const kinds = [...new Set(bundle.objects.map(({ manifest }) => manifest.kind))].sort();
    const hint = didYouMean(kind, kinds);
    throw new UnknownNameError(`${bundle.environment} has no object of kind "${kind}". ${hint}`);
  }
  const names = ofKind.map(nameOf).map(describeName);
  // The kind is right, so only the rest is compared: a long kind would make everything look alike.
  const known = names.map((name) => name.slice(name.indexOf('/') + 1));
  throw new UnknownNameError(
    `${bundle.environment} has no ${ofKind[0]?.manifest.kind} "${rest.join('/')}". ${didYouMean(rest.join('/'), known)}`,
  );
}
