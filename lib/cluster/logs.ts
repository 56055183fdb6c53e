import { existsSync, readFileSync } from 'node:fs';

const SHOWN_LINES = 8;

/** Go programs name an argument that they do not know, and then explain all others at length. */
function refusedArgument(text: string): string {
  const [said] = /(?:flag provided but not defined|unknown flag): \S+/.exec(text) ?? [];
  return said === undefined ? '' : `It was started with an argument that it does not know (${said}). `;
}

/** What the log of a failed process says, in one sentence where the reason is a known one. */
export function failureOf(log: string): string {
  const text = existsSync(log) ? readFileSync(log, 'utf8').trim() : '';
  const known = /address already in use/.test(text)
    ? 'Another program took one of its ports in the meantime: run the command again, and it chooses others. '
    : /no space left on device/.test(text)
      ? 'The disk is full: make room, then run the command again. '
      : refusedArgument(text);
  const last = text.split('\n').slice(-SHOWN_LINES).join('\n  ');
  return `${known}The end of ${log}:\n  ${last || '(empty)'}`;
}
