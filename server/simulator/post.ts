import { type Agent, type IncomingMessage, request } from 'node:http';

/** Meta gives a receiver no longer than this. */
const TIMEOUT_MS = 20_000;
const BODY_MAX = 65_536;

export interface Answer {
  /** 0 when there was none. */
  httpStatus: number;
  body: string;
}

export interface Outgoing {
  url: URL;
  method: 'GET' | 'POST';
  headers?: Record<string, string | number>;
  body?: string;
}

/** One HTTP call that never throws. */
export async function fetchOnce(agent: Agent, { url, method, headers, body = '' }: Outgoing): Promise<Answer> {
  const isSecure = url.protocol === 'https:';
  const start = isSecure ? (await import('node:https')).request : request;
  return new Promise((answer) => {
    const options = { method, headers, agent: isSecure ? undefined : agent, timeout: TIMEOUT_MS };
    const outgoing = start(url, options, (incoming) => void read(incoming).then(answer));
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => answer({ httpStatus: 0, body: '' }));
    outgoing.end(body);
  });
}

async function read(incoming: IncomingMessage): Promise<Answer> {
  let body = '';
  try {
    for await (const chunk of incoming) if (body.length < BODY_MAX) body += String(chunk);
    return { httpStatus: incoming.statusCode ?? 0, body };
  } catch {
    return { httpStatus: 0, body };
  }
}
