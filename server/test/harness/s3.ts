import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

export interface TestBucket {
  url: string;
  /** What lies in it, by path. */
  objects: Map<string, Buffer>;
  /** Each request as `GET /bucket/name 206`. */
  log: string[];
  /** Answers the next requests with these statuses instead. */
  failWith: number[];
  close(): Promise<void>;
}

/** A server that keeps objects as S3 does and refuses what is not signed as S3 wants it, by the words of its documentation alone. */
export async function startBucket(keys: { accessKey: string; secretKey: string; region: string }): Promise<TestBucket> {
  const objects = new Map<string, Buffer>();
  const log: string[] = [];
  const failWith: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const status = failWith.shift() ?? (isSigned(request, body, keys) ? answer(request, response, body) : 403);
    log.push(`${request.method} ${request.url} ${status}`);
    if (!response.writableEnded) response.writeHead(status).end();
  });

  function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): number {
    const name = request.url ?? '';
    if (request.method === 'PUT') return request.headers['content-length'] ? (objects.set(name, body), 200) : 411;
    if (request.method === 'DELETE') return (objects.delete(name), 204);
    const found = objects.get(name);
    if (!found) return 404;
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (start === undefined) response.writeHead(200).end(found);
    else response.writeHead(206).end(found.subarray(Number(start), Number(end) + 1));
    return start === undefined ? 200 : 206;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    log,
    failWith,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Signature version 4, put together anew from what arrived. */
function isSigned(
  request: IncomingMessage,
  body: Buffer,
  { accessKey, secretKey, region }: { accessKey: string; secretKey: string; region: string },
): boolean {
  const { headers } = request;
  const given = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  if (!given || headers['x-amz-content-sha256'] !== sha256(body)) return false;
  const [, credential = '', names = '', signature] = given;
  const at = String(headers['x-amz-date']);
  const scope = `${at.slice(0, 8)}/${region}/s3/aws4_request`;
  if (credential !== `${accessKey}/${scope}` || !names.split(';').includes('host')) return false;
  const signed = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [request.method, request.url, '', signed.join(''), names, headers['x-amz-content-sha256']].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${secretKey}`, at.slice(0, 8)), region), 's3'), 'aws4_request');
  return hmac(key, ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')).toString('hex') === signature;
}
