import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { awsAnswer, forwarded } from './aws-answers.ts';
import { type AwsRequest, type AwsResponse, sendTo } from './aws-call.ts';
import { seedAws } from './seed.ts';
import type { KarpenterSettings } from './settings.ts';

/** Answers 200 as soon as moto holds what Karpenter looks for. */
export const READY_PATH = '/atelier/ready';

async function received(message: IncomingMessage): Promise<AwsRequest> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  const entries = Object.entries(message.headers).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'connection' ? [[name, value] as const] : [],
  );
  return {
    method: message.method as AwsRequest['method'],
    path: message.url ?? '/',
    headers: Object.fromEntries(entries),
    body: Buffer.concat(parts).toString('utf8'),
  };
}

function send(response: ServerResponse, { status, body }: AwsResponse): void {
  const contentType = body.startsWith('<') ? 'text/xml' : 'application/x-amz-json-1.0';
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** Serves the AWS API on 127.0.0.1 until the process is ended: what moto lacks by itself, everything else from moto. */
export async function serveAws(settingsFile: string, port: number, moto: number): Promise<void> {
  const settings = JSON.parse(readFileSync(settingsFile, 'utf8')) as KarpenterSettings;
  await seedAws(moto, settings);
  const server = createServer((message, response) => {
    const answer = async (): Promise<AwsResponse> => {
      if (message.url === READY_PATH) return { status: 200, body: '{}' };
      const request = await received(message);
      return awsAnswer(request, settings) ?? sendTo(moto, forwarded(request));
    };
    answer().then(
      (said) => send(response, said),
      (error: unknown) => send(response, { status: 502, body: JSON.stringify({ message: String(error) }) }),
    );
  });
  server.listen(port, '127.0.0.1');
}
