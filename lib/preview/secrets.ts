import type { Segment } from './change.ts';

/** Last word of names whose value is a secret itself; `secretName`, `passwordRef` and the like only point to one. */
const SECRET_NAME =
  /(^|[^a-z])(password|passwd|passphrase|token|credentials?|api-?key|private-?key|secret-?key|access-?key|client-?secret)$/;

/** Whether a field, variable or setting of that name holds a secret. */
function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll(/[_.]/g, '-')
    .toLowerCase();
  return SECRET_NAME.test(words);
}

/** Whether the value at the path is to be masked: named as a secret, or the value of a variable that is. */
export function isSecretPath(path: readonly Segment[]): boolean {
  const last = path.at(-1);
  if (typeof last !== 'string') return false;
  if (isSecretName(last)) return true;
  const item = path.at(-2);
  return last === 'value' && typeof item === 'object' && isSecretName(item.label.replace(/^name=/, ''));
}

/** A line of a text with the values of secrets masked: `password=***`. */
export function maskLine(line: string): string {
  const match = /^(?<head>\s*"?(?:export\s+)?(?<name>[\w.-]+)"?\s*[:=]\s*)(?<value>\S.*)$/.exec(line);
  if (!match?.groups) return line;
  const { head = '', name = '' } = match.groups;
  return isSecretName(name) ? `${head}***` : line;
}
