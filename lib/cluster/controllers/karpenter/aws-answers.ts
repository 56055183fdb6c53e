import { findInstanceType, instanceTypeNames } from '../../../catalog/instance-types.ts';
import type { AwsRequest, AwsResponse } from './aws-call.ts';
import { imageArchitecture, imageOfParameter } from './node-images.ts';
import type { KarpenterSettings } from './settings.ts';

/** What spot capacity costs here, as a share of the on-demand price; real prices change by the hour. */
const SPOT_SHARE = 0.35;
/** The day all images were made; Karpenter wants one. */
const LONG_AGO = '2026-01-01T00:00:00.000Z';

/** `undefined` where the request is for moto. */
type Answer = (parameters: URLSearchParams, settings: KarpenterSettings) => AwsResponse | undefined;

const xml = (action: string, content: string): AwsResponse => ({
  status: 200,
  body: `<?xml version="1.0" encoding="UTF-8"?><${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>0</requestId>${content}</${action}Response>`,
});
const items = (list: string, contents: readonly string[]): string =>
  `<${list}>${contents.map((content) => `<item>${content}</item>`).join('')}</${list}>`;

/** Values of the filter of that name. */
function filtered(parameters: URLSearchParams, name: string): readonly string[] {
  const number = [...parameters].find(([key, value]) => /^Filter\.\d+\.Name$/.test(key) && value === name)?.[0];
  const prefix = `${number?.slice(0, -'Name'.length)}Value.`;
  return [...parameters].flatMap(([key, value]) => (key.startsWith(prefix) ? [value] : []));
}

/** Images asked for by id; searches by tags or names go on to moto. */
const describeImages: Answer = (parameters, { nodeClasses }) => {
  const ids = filtered(parameters, 'image-id');
  if (ids.length === 0) return undefined;
  const own = nodeClasses.flatMap(({ images }) => images);
  const image = (id: string): string =>
    `<imageId>${id}</imageId><name>${id}</name><architecture>${imageArchitecture(id, own)}</architecture>` +
    `<creationDate>${LONG_AGO}</creationDate><imageState>available</imageState>`;
  return xml('DescribeImages', items('imagesSet', ids.map(image)));
};

/**
 * Every type of the catalogue in every zone: which zones really have a type differs by account, because AWS gives zones
 * other names in each.
 */
const describeOfferings: Answer = (_, { zones }) => {
  const offering = (type: string, zone: string): string =>
    `<instanceType>${type}</instanceType><locationType>availability-zone</locationType><location>${zone}</location>`;
  const all = instanceTypeNames().flatMap((type) => zones.map((zone) => offering(type, zone)));
  return xml('DescribeInstanceTypeOfferings', items('instanceTypeOfferingSet', all));
};

const describeSpotPrices: Answer = (_, { zones }) => {
  const all = instanceTypeNames().flatMap((type) => {
    const price = findInstanceType(type)?.usdPerHour;
    if (price === undefined) return [];
    const spot = (price * SPOT_SHARE).toFixed(4);
    return zones.map(
      (zone) =>
        `<instanceType>${type}</instanceType><availabilityZone>${zone}</availabilityZone><spotPrice>${spot}</spotPrice>` +
        `<productDescription>Linux/UNIX</productDescription><timestamp>${LONG_AGO}</timestamp>`,
    );
  });
  return xml('DescribeSpotPriceHistory', items('spotPriceHistorySet', all));
};

const EC2_ANSWERS: Readonly<Record<string, Answer>> = {
  DescribeImages: describeImages,
  DescribeInstanceTypeOfferings: describeOfferings,
  DescribeSpotPriceHistory: describeSpotPrices,
  DescribeCapacityReservations: () => xml('DescribeCapacityReservations', '<capacityReservationSet/>'),
  DescribePlacementGroups: () => xml('DescribePlacementGroups', '<placementGroupSet/>'),
};

const json = (body: object, status = 200): AwsResponse => ({ status, body: JSON.stringify(body) });

/** A price list document, as far as Karpenter reads it (1.14 pricing.go onDemandPage). */
function priceOf(type: string): readonly string[] {
  const price = findInstanceType(type)?.usdPerHour;
  if (price === undefined) return [];
  return [
    JSON.stringify({
      product: { attributes: { instanceType: type } },
      terms: { OnDemand: { term: { priceDimensions: { hour: { pricePerUnit: { USD: String(price) } } } } } },
    }),
  ];
}

/** Prices of the catalogue, which are of us-east-1, in every region. */
const getProducts = (): AwsResponse => json({ PriceList: instanceTypeNames().flatMap(priceOf) });

function getParameter(body: string): AwsResponse {
  const { Name = '' } = JSON.parse(body) as { readonly Name?: string };
  const image = imageOfParameter(Name);
  return image === undefined
    ? json({ __type: 'ParameterNotFound', message: `${Name} is not known here.` }, 400)
    : json({ Parameter: { Name, Type: 'String', Value: image, Version: 1 } });
}

/** What the AWS API says to a request that moto cannot answer, or not for this environment; undefined for all others. */
export function awsAnswer({ headers, body }: AwsRequest, settings: KarpenterSettings): AwsResponse | undefined {
  const target = headers['x-amz-target'] ?? '';
  if (target.endsWith('.GetProducts')) return getProducts();
  if (target.endsWith('.GetParameter')) return getParameter(body);
  if (!(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) return undefined;
  const parameters = new URLSearchParams(body);
  return EC2_ANSWERS[parameters.get('Action') ?? '']?.(parameters, settings);
}

/**
 * The request as it goes on to moto: instance types only of the catalogue, since no other has a price or an offering
 * here, and Karpenter would keep a thousand of them in memory.
 */
export function forwarded(request: AwsRequest): AwsRequest {
  const { headers, body } = request;
  if (!(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) return request;
  const parameters = new URLSearchParams(body);
  if (parameters.get('Action') !== 'DescribeInstanceTypes') return request;
  const number = [...parameters.keys()].filter((key) => /^Filter\.\d+\.Name$/.test(key)).length + 1;
  parameters.set(`Filter.${number}.Name`, 'instance-type');
  instanceTypeNames().forEach((type, index) => {
    parameters.set(`Filter.${number}.Value.${index + 1}`, type);
  });
  const { 'content-length': _, ...rest } = headers;
  return { ...request, headers: rest, body: parameters.toString() };
}
