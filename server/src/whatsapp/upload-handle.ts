import { Readable } from 'node:stream';
import { type Graph, part } from './graph.ts';
import type { Outcome } from './outcome.ts';
import { isJson } from './read-json.ts';
import type { FileToUpload } from './upload-media.ts';

// A session is called `upload:…` and may bring a query of its own.
const SESSION = /^upload:[\w+/=-]{1,2000}(\?[\w&=%.~+/-]{1,2000})?$/;
const HANDLE = /^[\x21-\x7e]{1,4096}$/;

/** Gives a file to Meta as the example of a template's header or as a profile picture: pdf, jpeg, png or mp4. Gives the handle that names it. */
export async function uploadHandle(
  graph: Graph,
  appId: string,
  token: string,
  { bytes, size, mimeType, fileName }: FileToUpload,
): Promise<Outcome<string>> {
  const about = new URLSearchParams({ file_name: fileName, file_length: String(size), file_type: mimeType });
  const session = await graph.ask({ method: 'POST', path: `${part(appId)}/uploads?${about}`, token }, (body) =>
    isJson(body) && typeof body.id === 'string' && SESSION.test(body.id) ? body.id : undefined,
  );
  if (session.kind !== 'done') return session;
  const request = {
    method: 'POST' as const,
    path: session.value,
    token,
    scheme: 'OAuth' as const,
    headers: ['file_offset', '0', 'content-type', 'application/octet-stream', 'content-length', String(size)],
    body: typeof bytes === 'function' ? Readable.from(bytes(), { objectMode: false }) : bytes,
    timeoutMs: graph.uploadTimeoutMs,
  };
  return graph.ask(request, (body) => (isJson(body) && typeof body.h === 'string' && HANDLE.test(body.h) ? body.h : undefined));
}
