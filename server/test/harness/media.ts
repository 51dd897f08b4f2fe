import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CustomerMessage } from '../../simulator/write-message.ts';
import type { TestApp, TestTenant } from './app.ts';
import { ask, headersFor, until } from './client.ts';

export interface MediaShown {
  id: string;
  kind: string;
  status: string;
  mimeType: string;
  size: number | null;
  fileName: string | null;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  isVoice: boolean;
  isAnimated: boolean;
  fault: string | null;
  faultCode: string | null;
  url: string | null;
  thumbnailUrl: string | null;
}

export const MEDIA_FIELDS =
  'id kind status mimeType size fileName width height durationMs isVoice isAnimated fault faultCode url thumbnailUrl';
const LIST = `{ conversations(first: 100) { nodes { id contact { name } messages(last: 20) { nodes { id kind media { ${MEDIA_FIELDS} } } } } } }`;

let serial = 0;

/** A new customer writes to the tenant's number; gives what is stored of that message's file once it is as wanted. */
export async function customerSends(
  app: TestApp,
  tenant: TestTenant,
  message: Partial<CustomerMessage>,
  isWanted: (media: MediaShown) => boolean = ({ status }) => status === 'STORED',
): Promise<{ conversationId: string; messageId: string; media: MediaShown }> {
  const name = `Customer ${++serial}`;
  const phone = `+4915560${String(process.pid % 1000).padStart(3, '0')}${String(serial).padStart(4, '0')}`;
  app.simulator.control.write({ phoneNumberId: tenant.phoneNumberId, phone, name, ...message });
  return until(async () => {
    const { data } = await ask(app.url, { apiKey: tenant.apiKeys.owner ?? '' }, LIST);
    const conversation = data?.conversations.nodes.find((one: { contact: { name: string } }) => one.contact.name === name);
    const found = conversation?.messages.nodes.at(-1);
    if (!found?.media || !isWanted(found.media)) return null;
    return { conversationId: conversation.id as string, messageId: found.id as string, media: found.media as MediaShown };
  }, 15_000);
}

export async function mediaById(app: TestApp, tenant: TestTenant, id: string): Promise<MediaShown | null> {
  const query = `query($id: ID!) { media(id: $id) { ${MEDIA_FIELDS} } }`;
  return (await ask(app.url, { apiKey: tenant.apiKeys.owner ?? '' }, query, { id })).data?.media;
}

/** Lets jobs that wait for their next attempt run now. */
export async function hurryJobs(app: TestApp): Promise<void> {
  await app.services.database.jobs.query('update graphile_worker._private_jobs set run_at = now() where locked_at is null');
}

export async function download(
  app: TestApp,
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const response = await fetch(`${app.url}${url}`, { headers });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

export interface Upload {
  bytes: Buffer;
  fileName?: string;
  type?: string;
  fields?: Record<string, string>;
  headers?: Record<string, string>;
}

/** Uploads as a form, the fields before the file. */
export async function upload(
  url: string,
  credential: { apiKey?: string; cookie?: string },
  { bytes, fileName = 'file', type = 'application/octet-stream', fields = {}, headers = {} }: Upload,
  // oxlint-disable-next-line typescript/no-explicit-any
): Promise<{ status: number; body: any }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), fileName);
  const response = await fetch(`${url}/media`, {
    method: 'POST',
    body: form,
    headers: { ...headersFor(credential), ...headers },
  });
  return { status: response.status, body: await response.json() };
}

/** Every file of the store, by its path below it. */
export function storedFiles({ mediaFolder }: TestApp): Map<string, Buffer> {
  const files = (readdirSync(mediaFolder, { recursive: true }) as string[]).filter((name) =>
    statSync(path.join(mediaFolder, name)).isFile(),
  );
  return new Map(files.map((name) => [name, readFileSync(path.join(mediaFolder, name))]));
}
