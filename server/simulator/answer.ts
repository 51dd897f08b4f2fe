import type { IncomingMessage, ServerResponse } from 'node:http';

const BODY_MAX = 262_144;

/** A request this server refuses, with what to say about it. */
export class Refused extends Error {
  readonly httpStatus: number;

  constructor(httpStatus: number, message: string) {
    super(message);
    this.httpStatus = httpStatus;
  }
}

/** Answers with JSON. */
export function answerJson(
  response: ServerResponse,
  httpStatus: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(httpStatus, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

/** The parsed body; undefined when it is no JSON. Throws Refused beyond 256 KB. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request);
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

// By events: iterating over a request costs as much as all the rest of an answer.
function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((whole, failed) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      // The rest is read and thrown away: a caller that still writes could not read the answer.
      if ((size += chunk.length) <= BODY_MAX) chunks.push(chunk);
    });
    request.on('end', () =>
      size > BODY_MAX ? failed(new Refused(413, 'The body is too large')) : whole(Buffer.concat(chunks).toString()),
    );
    request.on('error', failed);
  });
}
