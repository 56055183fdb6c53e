import type { Json } from '../core/json.ts';
import { objectOr } from '../core/json.ts';
import { type Applied, UnreadablePlanError } from './applied.ts';
import { isPlan, readPlan } from './read-plan.ts';
import { isState, readState } from './read-state.ts';

const HOW = {
  plan: 'pulumi preview --json --show-sames > plan.json',
  state: 'pulumi stack export > state.json',
} as const;

function isDocument(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parse(text: string, source: Applied['source']): Json {
  if (text.trim() === '') throw new UnreadablePlanError(`It is empty. Make it with "${HOW[source]}".`);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const [first = '', second] = text.split('\n');
    // Events, one a line, instead of a document: what Pulumi prints where it is told to stream.
    if (second !== undefined && second !== '' && isDocument(first)) {
      throw new UnreadablePlanError(
        'It holds events, one a line, and not one document. Unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW and make it again.',
      );
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadablePlanError(
      `It is no JSON, or was cut off (${reason}). Make it again with "${HOW[source]}", with nothing else on stdout.`,
    );
  }
}

/** Reads what Pulumi would apply, or has. Throws {@link UnreadablePlanError}. */
export function readApplied(text: string, source: Applied['source']): Applied {
  const document = objectOr(parse(text, source));
  if (source === 'plan' && isPlan(document)) return readPlan(document);
  if (source === 'state' && isState(document)) return readState(document);
  const other = source === 'plan' ? isState(document) && 'state' : isPlan(document) && 'plan';
  throw new UnreadablePlanError(
    other
      ? `It is a ${other}, not a ${source}: give it as --${other}.`
      : `It is no ${source}. Make it with "${HOW[source]}".`,
  );
}
