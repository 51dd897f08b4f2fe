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

/** The parsed body; undefined when it is no JSON. Throws Refused beyond 256 KB unless more is allowed. */
export async function readJsonBody(request: IncomingMessage, max = BODY_MAX): Promise<unknown> {
  return parseJson(await readBody(request, max));
}

export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

// By events: iterating over a request costs as much as all the rest of an answer.
export function readBody(request: IncomingMessage, max = BODY_MAX): Promise<Buffer> {
  return new Promise((whole, failed) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      // The rest is read and thrown away: a caller that still writes could not read the answer.
      if ((size += chunk.length) <= max) chunks.push(chunk);
    });
    request.on('end', () =>
      size > max
        ? failed(new Refused(413, 'The body is too large'))
        : whole(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
    );
    request.on('error', failed);
  });
}
