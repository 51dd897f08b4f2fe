import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudApi } from '../../src/whatsapp/cloud-api.ts';

export interface GraphRequestSeen {
  /** Method and path in one, such as `GET /v26.0/7001?fields=id`. */
  line: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export interface GraphAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Anything but text and bytes becomes JSON. */
  body?: unknown;
}

export interface Graph {
  api: CloudApi;
  origin: string;
  requests: GraphRequestSeen[];
  close(): Promise<void>;
}

/** Meta's graph as a test says it: `answer` gets each whole request. For what the simulator does not do, and for faults of the line. */
export async function startGraph(answer: (request: GraphRequestSeen, count: number) => GraphAnswer): Promise<Graph> {
  const requests: GraphRequestSeen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    } catch {
      return;
    }
    const seen = { line: `${request.method} ${request.url}`, headers: request.headers, body: Buffer.concat(chunks) };
    requests.push(seen);
    const { status = 200, headers = {}, body = { success: true } } = answer(seen, requests.length);
    response.writeHead(status, headers);
    response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = new CloudApi({ baseUrl: origin, version: 'v26.0', connections: 2 });
  const close = async (): Promise<void> => {
    await api.destroy();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { api, origin, requests, close };
}
