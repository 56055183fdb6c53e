import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Json, JsonObject } from '../../lib/core/json.ts';
import type { ApiRequest } from '../cloudformation/counterpart.ts';
import type { AwsSchemas } from './aws-schemas.ts';

/** A shape of botocore's service models, as far as it restricts values. */
interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly input: { readonly shape: string } } | undefined>>;
  readonly shapes: Readonly<Record<string, Shape | undefined>>;
}

/** The newest model of a service. */
export function serviceModel(schemas: AwsSchemas, service: string): ServiceModel {
  const folder = join(schemas.folder('botocore'), 'data', service);
  const newest = readdirSync(folder).sort().at(-1) ?? '';
  return JSON.parse(gunzipSync(readFileSync(join(folder, newest, 'service-2.json.gz'))).toString());
}

/** Java's `[a-Z]*` means the whole value, whether it says so or not. */
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u');

function textMistakes(path: string, value: string, { enum: values, min, max, pattern }: Shape): readonly string[] {
  return [
    ...(values && !values.includes(value) ? [`${path}: "${value}" is none of ${values.join(', ')}`] : []),
    ...(min !== undefined && value.length < min ? [`${path}: "${value}" is shorter than ${min}`] : []),
    ...(max !== undefined && value.length > max ? [`${path}: "${value}" is longer than ${max}`] : []),
    ...(pattern !== undefined && !whole(pattern).test(value) ? [`${path}: "${value}" does not match ${pattern}`] : []),
  ];
}

function mistakes(model: ServiceModel, shapeName: string, path: string, value: Json): readonly string[] {
  const shape = model.shapes[shapeName];
  if (!shape) return [`${path}: the model has no shape ${shapeName}`];
  switch (shape.type) {
    case 'structure': {
      const given = value as JsonObject;
      const missing = (shape.required ?? []).filter((member) => given[member] === undefined);
      return [
        ...missing.map((member) => `${path}: ${member} is missing`),
        ...Object.entries(given).flatMap(([member, each]) => {
          const inner = shape.members?.[member];
          return inner
            ? mistakes(model, inner.shape, `${path}.${member}`, each as Json)
            : [`${path}: there is no ${member}`];
        }),
      ];
    }
    case 'list':
      return (value as readonly Json[]).flatMap((each, index) =>
        mistakes(model, shape.member?.shape ?? '', `${path}[${index}]`, each),
      );
    case 'string':
      return typeof value === 'string'
        ? textMistakes(path, value, shape)
        : [`${path}: ${JSON.stringify(value)} is no text`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path}: ${JSON.stringify(value)} is no boolean`];
    default:
      throw new Error(`${path} has the type ${shape.type}, which no request of ours had so far`);
  }
}

/** What is wrong with requests by the models of their services. */
export function requestMistakes(schemas: AwsSchemas, requests: readonly ApiRequest[]): readonly string[] {
  const services = [...new Set(requests.map(({ service }) => service))];
  const models = new Map(services.map((service) => [service, serviceModel(schemas, service)]));
  return requests.flatMap(({ service, operation, parameters }) => {
    const model = models.get(service);
    const input = model?.operations[operation]?.input.shape;
    const path = `${service}:${operation}`;
    return model && input ? mistakes(model, input, path, parameters) : [`${path} does not exist`];
  });
}
