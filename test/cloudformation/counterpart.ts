import type { Json, JsonObject } from '../../lib/core/json.ts';

/** A request to the API of AWS, for what CloudFormation has no word for. */
export interface ApiRequest {
  /** botocore's name of the service, `efs` */
  readonly service: string;
  readonly operation: string;
  readonly parameters: JsonObject;
}

/** What CloudFormation calls what Pulumi calls something else; what is called the same is not said. */
export interface Counterpart {
  readonly type: `AWS::${string}::${string}`;
  /**
   * Inputs that are no property of the same name: the property's name, or what they say in properties. `[]`: of the
   * provider alone, which acts by it and sends it nowhere.
   */
  readonly inputs?: Readonly<Record<string, string | readonly [] | ((value: Json) => JsonObject)>>;
  /** What programs read of it. @default id and name: `Ref`; arn: the attribute `Arn` */
  readonly outputs?: (attribute: (name?: string) => string) => JsonObject;
  /** Its tags, those of the provider included. @default it has none */
  readonly tags?: (tags: Readonly<Record<string, string>>) => JsonObject;
  /** What else CloudFormation has a resource for. */
  readonly beside?: (
    inputs: JsonObject,
    self: string,
  ) => readonly { readonly type: string; readonly properties: JsonObject }[];
  /** What only the API has. */
  readonly requests?: (inputs: JsonObject) => readonly ApiRequest[];
}

/** A resource of Pulumi that is a property of another one in CloudFormation. */
export interface Part {
  /** The input that refers to the other one. */
  readonly of: string;
  /** Lists are joined to those of other parts. */
  readonly properties: (inputs: JsonObject) => JsonObject;
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** `{ cidrBlock }` as `{ CidrBlock }`, all the way down. Not for maps, whose keys are data. */
export function capitalized(value: Json): Json {
  if (Array.isArray(value)) return value.map(capitalized);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [capital(key), capitalized(each as Json)]));
}

/** The properties that the inputs of a resource are. */
export function propertiesOf({ inputs: translations = {} }: Counterpart, inputs: JsonObject): JsonObject {
  const properties = Object.entries(inputs).map(([input, stated]): JsonObject => {
    const value = stated as Json;
    const translation = translations[input] ?? capital(input);
    if (typeof translation === 'function') return translation(value);
    return typeof translation === 'string' ? { [translation]: capitalized(value) } : {};
  });
  return properties.reduce(merged, {});
}

function joined(a: Json | undefined, b: Json | undefined): Json | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  const isMap = (value: Json) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isMap(a) && isMap(b)) return merged(a as JsonObject, b as JsonObject);
  throw new Error(`${JSON.stringify(a)} and ${JSON.stringify(b)} are both said of one property.`);
}

/** Properties from two places, which must not contradict each other. */
export function merged(a: JsonObject, b: JsonObject): JsonObject {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(keys.map((key) => [key, joined(a[key], b[key])]));
}

/** Tags as a list of keys and values. */
export function tagList(tags: JsonObject): Json {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }) as JsonObject);
}

/** Tags where most types have them. */
export const TAGS = (tags: JsonObject): JsonObject => ({ Tags: tagList(tags) });

/** JSON in a text as the data that it is. */
export const parsed =
  (property: string) =>
  (value: Json): JsonObject => ({ [property]: JSON.parse(String(value)) });
