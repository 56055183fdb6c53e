import type { Refusal } from '../../admission/verdict.ts';
import type { Consequence, ConsequenceRule } from '../consequence.ts';
import { exampleReversals } from '../replay/example-reversals.ts';
import { ownReversals } from '../replay/own-reversals.ts';
import { replayOf } from '../replay/replay.ts';
import type { Reversal } from '../replay/reversal.ts';
import type { Risk } from '../risk.ts';
import { distinct, list } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

/** A refusal in words that are the same for everything it refuses; what the user reads names the particulars. */
function refusalText({ policy, rule, message }: Refusal): string {
  const said = rule === undefined ? message : (policy.validations[rule]?.message ?? message);
  return `policy "${policy.name}": "${said}"`;
}

/** The same answer to the same thing in namespaces that policies tell apart, once. */
function together(reversals: readonly Reversal[]): readonly Reversal[] {
  const merged = new Map<string, Reversal>();
  for (const each of reversals) {
    const key = JSON.stringify([each.of, each.about, each.kind, each.by.map(refusalText)]);
    const known = merged.get(key);
    const namespaces = [...(known?.namespaces ?? []), ...each.namespaces];
    merged.set(key, { ...each, namespaces, causes: [...(known?.causes ?? []), ...each.causes] });
  }
  return [...merged.values()];
}

function foresee({ about, kind, of, by, namespaces, causes, at }: Reversal): Foreseen {
  const where = namespaces.length === 0 ? '' : ` in ${list(namespaces)}`;
  const refusals = list(distinct(by.map(refusalText)), 3);
  const found = { about, causes, ...(at ? { at } : {}) };
  if (kind === 'allowed') {
    // What people may do that they could not is worth a word; what the environment could not make was meant to be made.
    const risk: Risk = of === 'example' ? 'care' : 'safe';
    return { risk, message: `allowed${where} from now on; refused so far by ${refusals}`, ...found };
  }
  if (of === 'example') return { risk: 'care', message: `refused${where} from now on by ${refusals}`, ...found };
  const since = of === 'new' ? 'new, and refused' : 'refused from now on';
  return { risk: 'disruptive', message: `${since} by ${refusals}`, ...found };
}

export const admission: ConsequenceRule = {
  id: 'admission',
  title: 'What admission policies start to refuse or to allow, by replaying it before both versions',
  upstream: 'Kubernetes 1.36 pkg/admission/plugin/policy, pkg/cel/library; Kyverno 1.19 pkg/cel/policies/vpol',
  foresee: (comparison) => {
    const replay = replayOf(comparison);
    const reversals = [...ownReversals(comparison, replay), ...together(exampleReversals(comparison, replay))];
    const doubts = replay.doubts().map(({ policy, reason }): Foreseen => {
      const message = `what it decides now is not foreseen: ${reason}.`;
      return { risk: 'care', about: `policy ${policy.name}`, message, causes: replay.causesOf([{ policy }]) };
    });
    return [...reversals.map(foresee), ...doubts];
  },
};
