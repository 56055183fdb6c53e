import { runtime } from '@pulumi/pulumi';
import { setMockOptions } from '@pulumi/pulumi/runtime/settings.js';
import { expect, it, vi } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { bindBundle } from '../../lib/pulumi/bind.ts';
import { bundleOf } from '../e2e/environments.ts';

type Answer = (error: { readonly code: number; readonly message: string } | null, response?: object) => void;

interface Request {
  readonly getName: () => string;
  readonly getType: () => string;
}

/** An engine that answers at once, but for ConfigMaps: these it keeps waiting until `answerAll`. */
class SlowEngine {
  readonly registered: string[] = [];
  readonly waiting: Answer[] = [];

  supportsFeature(_: unknown, answer: Answer): void {
    answer(null, { getHassupport: () => true });
  }

  registerResourceOutputs(_: unknown, answer: Answer): void {
    answer(null, {});
  }

  registerResource(request: Request, answer: Answer): void {
    const name = request.getName();
    this.registered.push(name);
    const response = {
      getUrn: () => `urn:pulumi:s::p::${request.getType()}::${name}`,
      getId: () => name,
      getObject: () => undefined,
      getPropertydependenciesMap: () => undefined,
      getResult: () => 0,
    };
    const answerIt: Answer = (error) => (error ? answer(error) : answer(null, response));
    if (name.startsWith('ConfigMap/')) this.waiting.push(answerIt);
    else answerIt(null);
  }

  answerAll(error: Parameters<Answer>[0]): void {
    for (const answer of this.waiting.splice(0)) answer(error);
  }
}

/** Objects of one step. */
async function configMaps(count: number): Promise<Bundle> {
  const bundle = await bundleOf('onprem');
  const [first] = bundle.objects;
  if (!first) throw new Error('onprem has no objects');
  const objects = Array.from({ length: count }, (_, index) => ({
    ...first,
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c-${index}`, namespace: 'default' }, data: {} },
  }));
  return { ...bundle, objects, releases: [] };
}

async function bindWith(
  engine: SlowEngine,
  bundle: Bundle,
): Promise<{ readonly failure: () => unknown; readonly ended: Promise<void> }> {
  await runtime.setMocks(
    { call: () => ({}), newResource: ({ name }) => ({ id: name, state: {} }) },
    'atelier',
    'onprem',
  );
  setMockOptions(engine, 'atelier', 'onprem');
  let failure: unknown;
  const ended = runtime
    .runInPulumiStack(async () => {
      try {
        await bindBundle(bundle, { access: { cluster: 'c' } });
      } catch (error) {
        failure = error;
      }
      return {};
    })
    .then(() => {});
  return { ended, failure: () => failure };
}

/** Waits until the engine holds so many, and a little longer: no more may come. */
async function untilWaiting({ waiting }: SlowEngine, count: number): Promise<void> {
  await vi.waitFor(() => expect(waiting.length).toBeGreaterThanOrEqual(count), { timeout: 30_000 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(waiting).toHaveLength(count);
}

it('GIVEN 1,500 objects of a step and an engine that takes its time WHEN they are bound THEN it is told of 1,000, then of the rest, of each once (CLOUD-3)', async () => {
  const engine = new SlowEngine();
  const { ended, failure } = await bindWith(engine, await configMaps(1500));
  await untilWaiting(engine, 1000);
  engine.answerAll(null);
  await untilWaiting(engine, 500);
  engine.answerAll(null);
  await ended;
  expect(failure()).toBeUndefined();
  const told = engine.registered.filter((name) => name.startsWith('ConfigMap/'));
  expect(told).toHaveLength(1500);
  expect(new Set(told).size).toBe(1500);
});

it('GIVEN an engine that refuses a registration WHEN it is bound THEN the resource is named, and no step comes after (CLOUD-3)', async () => {
  const engine = new SlowEngine();
  const { ended, failure } = await bindWith(engine, await configMaps(1));
  await untilWaiting(engine, 1);
  engine.answerAll({ code: 3, message: 'invalid URN' });
  await ended;
  expect((failure() as Error).constructor.name).toBe('RunError');
  expect((failure() as Error).message).toBe('ConfigMap/default/c-0 could not be registered: invalid URN');
  expect(engine.registered.at(-1)).toBe('ConfigMap/default/c-0');
});
