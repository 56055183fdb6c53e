import type { Bundle } from '../../lib/bundle/bundle.ts';
import type { Json, JsonObject } from '../../lib/core/json.ts';
import { cloudTags } from '../../lib/model/cloud-tags.ts';
import type { EksCluster } from '../../lib/model/cluster.ts';
import { type Answer, mockedCloud, type Registered } from '../pulumi/aws/mocked-cloud.ts';
import { type ApiRequest, type Counterpart, merged, propertiesOf } from './counterpart.ts';
import { COUNTERPARTS, PARTS } from './counterparts.ts';
import { referenceOf, tokenOf, withFunctions } from './reference.ts';
import { REQUESTS } from './requests.ts';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: JsonObject;
}

/** A cloud in the words of AWS. */
export interface CloudTemplate {
  /** Name of the environment. */
  readonly name: string;
  readonly cluster: EksCluster;
  readonly region: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly requests: readonly ApiRequest[];
  /** Types of Pulumi that have no word there. */
  readonly unknown: readonly string[];
}

/** `NodeGroupDsGpuL4`: templates allow letters and digits only. */
function resourceName(type: string, name: string): string {
  const words = `${type.split(':').at(-1)} ${name}`.match(/[A-Za-z0-9]+/g) ?? [];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** Says of every output what it refers to. */
const answer: Answer = ({ type, name, inputs }) => {
  const resource = resourceName(type, name);
  const attribute = (attribute?: string): string =>
    tokenOf(attribute === undefined ? { resource } : { resource, attribute });
  const outputs = {
    id: attribute(),
    name: attribute(),
    arn: attribute('Arn'),
    ...COUNTERPARTS[type]?.outputs?.(attribute),
  };
  return { id: String(outputs.id), state: { ...inputs, ...outputs } };
};

function templateResources(
  { type, name, inputs }: Registered,
  counterpart: Counterpart,
  environmentTags: Readonly<Record<string, string>>,
): readonly (readonly [string, TemplateResource])[] {
  const { tags, ...others } = inputs as JsonObject;
  const allTags = { ...environmentTags, ...(tags as Readonly<Record<string, string>> | undefined) };
  const properties = merged(propertiesOf(counterpart, others), counterpart.tags?.(allTags) ?? {});
  const own = resourceName(type, name);
  const beside = counterpart.beside?.(others, tokenOf({ resource: own })) ?? [];
  return [
    [own, { Type: counterpart.type, Properties: properties }],
    ...beside.map((each) => [resourceName(each.type, name), { Type: each.type, Properties: each.properties }] as const),
  ];
}

/** What the program asks for, as a template of CloudFormation and as requests. */
export async function cloudTemplate(bundle: Bundle): Promise<CloudTemplate> {
  const { environment } = bundle.platform;
  if (environment.cluster.kind !== 'eks') throw new Error(`${environment.name} does not run on AWS`);
  const made = (await mockedCloud(bundle, answer)).resources.filter(({ type }) => type.startsWith('aws:'));
  const resources = new Map<string, TemplateResource>();
  const requests: ApiRequest[] = [];
  const unknown = new Set<string>();
  for (const registered of made) {
    const { type, name, inputs } = registered;
    const counterpart = COUNTERPARTS[type];
    requests.push(...(counterpart?.requests ?? REQUESTS[type] ?? (() => []))(inputs));
    if (!counterpart) {
      if (!PARTS[type] && !REQUESTS[type]) unknown.add(type);
      continue;
    }
    for (const [id, resource] of templateResources(registered, counterpart, cloudTags(environment))) {
      if (resources.has(id)) throw new Error(`Two resources would be "${id}", one of them the ${type} "${name}".`);
      resources.set(id, resource);
    }
  }
  for (const { type, name, inputs } of made) {
    const part = PARTS[type];
    if (!part) continue;
    const id = referenceOf(inputs[part.of])?.resource ?? '';
    const owner = resources.get(id);
    if (!owner) throw new Error(`The ${type} "${name}" belongs to "${inputs[part.of]}", which is no resource.`);
    resources.set(id, { ...owner, Properties: merged(owner.Properties, part.properties(inputs)) });
  }
  const written = [...resources].map(([id, resource]) => [id, withFunctions(resource as unknown as Json)] as const);
  return {
    name: bundle.environment,
    cluster: environment.cluster,
    region: environment.cluster.region,
    resources: Object.fromEntries(written) as unknown as CloudTemplate['resources'],
    requests,
    unknown: [...unknown].sort(),
  };
}
