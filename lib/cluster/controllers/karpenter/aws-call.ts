import { request } from 'node:http';

/** A request to the AWS API, in whichever protocol its service speaks. */
export interface AwsRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AwsResponse {
  readonly status: number;
  readonly body: string;
}

/** Nobody checks signatures here; the service and the region are read from the place where a signature names them. */
function authorization(service: string, region: string): string {
  return `AWS4-HMAC-SHA256 Credential=atelier/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

/** A call of a service with the query protocol: EC2, IAM. */
export function queryCall(service: string, region: string, parameters: Readonly<Record<string, string>>): AwsRequest {
  return {
    method: 'POST',
    path: '/',
    headers: {
      authorization: authorization(service, region),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(parameters).toString(),
  };
}

/** A call of a service whose operation is a header and whose parameters are JSON: SQS, SSM, Pricing. */
export function targetCall(service: string, region: string, target: string, parameters: object): AwsRequest {
  return {
    method: 'POST',
    path: '/',
    headers: {
      authorization: authorization(service, region),
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
    },
    body: JSON.stringify(parameters),
  };
}

/** A call of a service with resources as paths: EKS. */
export function restCall(service: string, region: string, path: string, parameters: object): AwsRequest {
  return {
    method: 'POST',
    path,
    headers: { authorization: authorization(service, region), 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  };
}

/** Sends a request to a server of 127.0.0.1. */
export function sendTo(port: number, { method, path, headers, body }: AwsRequest): Promise<AwsResponse> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}
