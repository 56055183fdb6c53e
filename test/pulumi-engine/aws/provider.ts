import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Provider } from '@pulumi/pulumi/provider/index.js';
import { eksAnswer } from './eks-answers.ts';
import { Inventory } from './inventory.ts';
import { ACCOUNT, type OutputSeed, plausibleId, plausibleOutputs, REGION } from './plausible-outputs.ts';
import { plainValue, UNKNOWN_TEXT } from './pulumi-value.ts';
import { typesOf } from './type-declarations.ts';
import { propertyFailures } from './type-failures.ts';

export interface StandInOptions {
  /** File that knows what exists. */
  readonly inventory: string;
  /** The creation that fails, counted from 1. @default none */
  readonly failAt?: number;
  /** The creation that takes its time, counted from 1. @default none */
  readonly slowAt?: number;
  /** How long that takes, in milliseconds. @default 5000 */
  readonly slowFor?: number;
  /** How long after something was made the engine is told so, in milliseconds. @default at once */
  readonly answersAfter?: number;
  /** Outputs by token and path: `{ 'aws:eks/cluster:Cluster': { endpoint: 'https://127.0.0.1:6443' } }`. @default none */
  readonly outputs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export type Values = Readonly<Record<string, unknown>>;

/** Under this output the inputs are kept, to be compared with new ones. */
const INPUTS = '__inputs';

function tokenOf(urn: string): string {
  return urn.split('::')[2]?.split('$').at(-1) ?? '';
}

/** What Pulumi's provider adds to inputs: a name where the resource may have one and none is stated. */
function withName(token: string, urn: string, inputs: Values): Values {
  const named = typesOf(token).inputs.some(({ name }) => name === 'name');
  if (!named || inputs.name !== undefined || inputs.namePrefix !== undefined) return inputs;
  return { ...inputs, name: urn.split('::').at(-1) };
}

/** What is asked of the stand-in; all of it, unlike of a provider of @pulumi/pulumi. */
export interface AwsStandIn
  extends Required<Pick<Provider, 'check' | 'diff' | 'create' | 'update' | 'read' | 'delete' | 'invoke'>> {
  /** Outputs of a resource that is not made: the inputs, and what AWS would add as unknown. */
  readonly preview: (urn: string, inputs: Values) => Values;
}

/**
 * Stands in for Pulumi's AWS provider in tests: refuses inputs that @pulumi/aws does not declare, remembers what exists,
 * and answers with outputs of the declared types. It never replaces: every change is an update.
 */
export function standInForAws(options: StandInOptions): AwsStandIn {
  const inventory = new Inventory(options.inventory);
  let creations = 0;

  const seedOf = (token: string, key: string): OutputSeed => ({ key, token, fixed: options.outputs?.[token] ?? {} });

  function outputs(urn: string, id: string, inputs: Values): Values {
    const token = tokenOf(urn);
    const plain = plainValue(inputs) as Values;
    const tagged = typesOf(token).outputs.some(({ name }) => name === 'tagsAll') ? { tagsAll: plain.tags ?? {} } : {};
    const named = withName(token, urn, inputs);
    return { ...tagged, ...plausibleOutputs(seedOf(token, urn), typesOf(token).outputs, named, id), [INPUTS]: inputs };
  }

  return {
    check: async (urn, _olds, news: Values) => ({
      inputs: news,
      failures: [...propertyFailures(plainValue(news) as Values, typesOf(tokenOf(urn)).inputs)],
    }),

    diff: async (_id, _urn, olds: Values, news: Values) => ({
      changes: !isDeepStrictEqual(plainValue(olds[INPUTS]), plainValue(news)),
    }),

    create: async (urn, inputs: Values) => {
      creations += 1;
      const number = creations;
      if (number === options.slowAt) await sleep(options.slowFor ?? 5000);
      if (number === options.failAt) throw new Error(`told to fail at creation ${number}`);
      const token = tokenOf(urn);
      const plain = plainValue(inputs) as Values;
      const id = inventory.create({ id: plausibleId(seedOf(token, urn), plain), token, urn, inputs }, plain);
      if (options.answersAfter !== undefined) await sleep(options.answersAfter);
      return { id, outs: outputs(urn, id, inputs) };
    },

    preview: (urn, inputs) => {
      const token = tokenOf(urn);
      const seed = { ...seedOf(token, urn), previewed: true };
      return plausibleOutputs(seed, typesOf(token).outputs, inputs, UNKNOWN_TEXT);
    },

    update: async (id, urn, _olds, news: Values) => {
      inventory.update({ id, urn, token: tokenOf(urn) }, news);
      return { outs: outputs(urn, id, news) };
    },

    read: async (id, urn, props?: Values) => {
      const token = tokenOf(urn);
      const existing = inventory.resources().find((resource) => resource.token === token && resource.id === id);
      if (!existing) return { id: '', props: {} };
      // What is imported is known by its id alone.
      const known = props?.[INPUTS] === undefined ? outputs(urn, id, existing.inputs) : props;
      return { id, props: known, inputs: known?.[INPUTS] };
    },

    delete: async (id, urn) => inventory.delete(tokenOf(urn), id, urn),

    invoke: async (token, args: Values) => {
      const { inputs, outputs: declared } = typesOf(token);
      const plain = plainValue(args) as Values;
      const failures = [...propertyFailures(plain, inputs)];
      if (failures.length > 0) return { failures };
      const key = `${token} ${JSON.stringify(plain)}`;
      const fixed = { accountId: ACCOUNT, region: REGION, ...options.outputs?.[token] };
      const made = plausibleOutputs({ key, token, fixed }, declared, plain, key);
      return { outputs: { ...made, ...eksAnswer(token, plain, inventory.resources()) } };
    },
  };
}
