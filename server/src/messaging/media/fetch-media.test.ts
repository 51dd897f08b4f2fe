import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../../simulator/samples.ts';
import { startTestApp, type TestApp, type TestTenant } from '../../../test/harness/app.ts';
import { ask, socket, until } from '../../../test/harness/client.ts';
import { inTenant } from '../../../test/harness/many-conversations.ts';
import { customerSends, hurryJobs, mediaById, type MediaShown, storedFiles } from '../../../test/harness/media.ts';
import { freeLost } from '../../platform/jobs.ts';
import { tenantsQuery } from '../../platform/tenant-query.ts';
import { CloudApi } from '../../whatsapp/cloud-api.ts';
import { dropMedia } from './drop-media.ts';
import { fetchMedia } from './fetch-media.ts';

const RETRY = 'mutation($id: ID!) { retryMedia(input: { mediaId: $id }) { media { status fault } userErrors { code } } }';

let app: TestApp;
let tenant: TestTenant;
beforeAll(async () => {
  app = await startTestApp();
  [tenant] = app.tenants;
});
afterEach(() => app.simulator.control.clearFaults());
afterAll(() => app.close());

const control = () => app.simulator.control;
const retry = async (id: string, role = 'agent') => ask(app.url, { apiKey: tenant.apiKeys[role] ?? '' }, RETRY, { id });
const eventuallyShown = (id: string, status: string) =>
  until(async () => {
    await hurryJobs(app);
    const media = await mediaById(app, tenant, id);
    return media?.status === status ? media : null;
  }, 20_000);

describe('a file that a customer sends', () => {
  it.each([
    ['jpeg', { kind: 'IMAGE', mimeType: 'image/jpeg' }],
    ['png', { kind: 'IMAGE', mimeType: 'image/png', width: 96, height: 64 }],
    ['webp', { kind: 'STICKER', mimeType: 'image/webp' }],
    ['mp4', { kind: 'VIDEO', mimeType: 'video/mp4', thumbnailUrl: null }],
    ['ogg', { kind: 'AUDIO', mimeType: 'audio/ogg; codecs=opus', isVoice: true, thumbnailUrl: null }],
    ['pdf', { kind: 'DOCUMENT', mimeType: 'application/pdf', fileName: 'invoice.pdf', thumbnailUrl: null }],
  ] as const)('is fetched at once and known for what it is: %s', async (sample, expected) => {
    const { media } = await customerSends(app, tenant, { media: { sample } });
    expect(media).toMatchObject({ ...expected, size: sampleOf(sample).bytes.length, fault: null });
    if (media.kind === 'IMAGE') expect([media.width, media.height].every((side) => (side ?? 0) > 0)).toBe(true);
    if (sample === 'ogg' || sample === 'mp4') expect(media.durationMs).toBeGreaterThan(100);
  });

  it('is told of, and its message with it', async () => {
    const client = socket(app.url, { apiKey: tenant.apiKeys.owner ?? '' });
    const heard: { kind: string; subjectId: string; status: string | null; conversationId: string | null }[] = [];
    client.subscribe(
      { query: 'subscription { eventRecorded { kind subjectId status conversationId } }' },
      { next: ({ data }) => heard.push(data?.eventRecorded as never), error: () => undefined, complete: () => undefined },
    );
    await until(() => app.app.hub?.size === 1);
    const { media, messageId, conversationId } = await customerSends(app, tenant, { media: { sample: 'png' } });
    await until(() => heard.some((event) => event.kind === 'MESSAGE_UPDATED'));
    expect(heard).toContainEqual({ kind: 'MEDIA_CHANGED', subjectId: media.id, status: 'STORED', conversationId });
    expect(heard).toContainEqual({ kind: 'MESSAGE_UPDATED', subjectId: messageId, status: null, conversationId });
    await client.dispose();
  });

  it('lies in the store as nothing that anyone could read, its thumbnail too', async () => {
    const bytes = Buffer.concat([Buffer.from('A wombat in the text. '.repeat(9_000))]);
    const before = storedFiles(app).size;
    const { media } = await customerSends(app, tenant, {
      type: 'document',
      media: { bytes, mimeType: 'text/plain', fileName: 'wombat.txt' },
    });
    expect(media.mimeType).toBe('text/plain');
    const files = storedFiles(app);
    expect(files.size).toBe(before + 1);
    for (const [name, file] of files) expect([name, file.includes('wombat')]).toEqual([name, false]);
    const [row] = await inTenant<{ row: string }>(app, tenant, `select m::text as row from media m where id = '${media.id}'`);
    expect(row?.row).not.toMatch(/wombat/);
    expect(row?.row).not.toContain(createHash('sha256').update(bytes).digest('hex'));
  });

  it('keeps a name that WhatsApp would take back, with its ending', async () => {
    const bytes = Buffer.from('A list of everything that is to be brought along.');
    const media = { bytes, mimeType: 'text/plain', fileName: `${'🌙'.repeat(300)}.txt` };
    const { media: kept } = await customerSends(app, tenant, { type: 'document', media });
    expect(kept.fileName).toBe(`${'🌙'.repeat(236)}.txt`);
  });

  it('is an attachment of no type when it is not what the message says', async () => {
    const page = Buffer.from('<html><script>alert(1)</script></html>'.padEnd(300, ' '));
    const { media } = await customerSends(app, tenant, { type: 'image', media: { bytes: page, mimeType: 'image/jpeg' } });
    expect(media).toMatchObject({ kind: 'IMAGE', mimeType: 'application/octet-stream', thumbnailUrl: null, width: null });
    const pdf = sampleOf('png').bytes;
    const said = { type: 'document', media: { bytes: pdf, mimeType: 'application/pdf' } };
    expect((await customerSends(app, tenant, said)).media.mimeType).toBe('application/octet-stream');
  });
});

describe('a file that cannot be fetched at once', () => {
  it('is asked for until it comes: three times 503, then it is here', async () => {
    control().fault({ kind: 'http', status: 503 }, { next: 3, on: 'lookup' });
    const { media } = await customerSends(app, tenant, { media: { sample: 'jpeg' } }, ({ faultCode }) => faultCode !== null);
    expect(media).toMatchObject({ status: 'FETCHING', faultCode: 'UNREACHABLE', url: null });
    expect(media.fault).toBe('WhatsApp did not answer when the file was asked for.');
    expect(await eventuallyShown(media.id, 'STORED')).toMatchObject({ fault: null, faultCode: null });
    const [row] = await inTenant<{ tries: number }>(app, tenant, `select tries from media where id = '${media.id}'`);
    expect(row?.tries).toBe(4);
  });

  it.each([
    ['whose link has expired', { kind: 'http', status: 404 } as const],
    ['that breaks off in the middle', { kind: 'drop' } as const],
    ['that fails on the way', { kind: 'http', status: 503 } as const],
  ])('%s gets a new link', async (_what, fault) => {
    control().fault(fault, { next: 1, on: 'download' });
    const before = storedFiles(app).size;
    const { media } = await customerSends(app, tenant, { media: { sample: 'pdf' } }, ({ faultCode }) => faultCode !== null);
    expect(storedFiles(app).size).toBe(before);
    await eventuallyShown(media.id, 'STORED');
  });

  it('waits for a new token and says so, without using up its attempts', async () => {
    control().fault({ kind: 'answer', code: 190 }, { percent: 100, on: 'lookup' });
    const { media } = await customerSends(app, tenant, { media: { sample: 'jpeg' } }, ({ faultCode }) => faultCode !== null);
    expect(media).toMatchObject({ status: 'FETCHING', faultCode: 'TOKEN_REFUSED' });
    const jobs = await app.services.database.jobs.query<{ attempts: number; late: boolean }>(
      `select attempts, run_at > now() + interval '10 minutes' as late from graphile_worker._private_jobs where payload->>'id' = $1`,
      [media.id],
    );
    expect(jobs.rows).toEqual([{ attempts: 0, late: true }]);
    control().clearFaults();
    await eventuallyShown(media.id, 'STORED');
  });

  it('is gone when WhatsApp does not have it after seven days', async () => {
    const content = { id: '4711', mime_type: 'image/png' };
    const { media } = await customerSends(app, tenant, { type: 'image', content }, ({ faultCode }) => faultCode !== null);
    await inTenant(app, tenant, `update media set meta_expires_at = now() - interval '1 minute' where id = '${media.id}'`);
    const gone = await eventuallyShown(media.id, 'GONE');
    expect(gone.fault).toBe('WhatsApp does not have the file any more. Ask the customer to send it once more.');
    expect((await retry(media.id)).data?.retryMedia.userErrors).toEqual([{ code: 'NOT_RETRYABLE' }]);
  });

  it('has failed when its attempts are used up, and comes when somebody asks again', async () => {
    control().fault({ kind: 'http', status: 503 }, { percent: 100, on: 'lookup' });
    const { media } = await customerSends(app, tenant, { media: { sample: 'jpeg' } }, ({ faultCode }) => faultCode !== null);
    await app.services.database.jobs.query(
      `update graphile_worker._private_jobs set attempts = max_attempts - 1 where payload->>'id' = $1`,
      [media.id],
    );
    expect(await eventuallyShown(media.id, 'FAILED')).toMatchObject({ faultCode: 'UNREACHABLE' });
    control().clearFaults();
    expect((await retry(media.id, 'analyst')).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await retry(media.id)).data?.retryMedia).toEqual({ media: { status: 'FETCHING', fault: null }, userErrors: [] });
    await until(async () => (await mediaById(app, tenant, media.id))?.status === 'STORED', 10_000);
  });

  it('is finished by another process when the one that had it died', async () => {
    control().fault({ kind: 'http', status: 503 }, { percent: 100, on: 'lookup' });
    const { media } = await customerSends(app, tenant, { media: { sample: 'pdf' } }, ({ faultCode }) => faultCode !== null);
    control().clearFaults();
    const lock = (ago: string) =>
      app.services.database.jobs.query(
        `update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() - $2::interval, run_at = now() where payload->>'id' = $1`,
        [media.id, ago],
      );
    await lock('9 minutes');
    await freeLost(app.services.database.jobs, app.services.log);
    expect((await mediaById(app, tenant, media.id))?.status).toBe('FETCHING');
    await lock('11 minutes');
    await freeLost(app.services.database.jobs, app.services.log);
    await until(async () => (await mediaById(app, tenant, media.id))?.status === 'STORED', 10_000);
  });
});

describe('what WhatsApp hands out', () => {
  let meta: Server;
  let answer: { bytes: Buffer; sha256?: string; length?: number };
  let cloudApi: CloudApi;
  beforeAll(async () => {
    meta = createServer((request, response) => {
      const { bytes, sha256, length = bytes.length } = answer;
      if (request.url?.startsWith('/file')) {
        response.writeHead(200, { 'content-length': length }).write(bytes);
        return void (length === bytes.length && response.end());
      }
      const url = `http://${request.headers.host}/file`;
      response.end(JSON.stringify({ messaging_product: 'whatsapp', url, mime_type: 'image/png', sha256, id: '1' }));
    });
    await new Promise<void>((resolve) => meta.listen(0, '127.0.0.1', resolve));
    cloudApi = new CloudApi({ baseUrl: `http://127.0.0.1:${(meta.address() as AddressInfo).port}`, version: 'v26.0' });
  });
  afterAll(async () => {
    await cloudApi.destroy();
    meta.closeAllConnections();
    meta.close();
  });

  /** One attempt, the last or not, at a file that Meta does not have so far. */
  async function attempt(given: typeof answer, isLast = false) {
    answer = given;
    const content = { id: '4712', mime_type: 'image/png' };
    const { media } = await customerSends(app, tenant, { type: 'image', content }, ({ faultCode }) => faultCode !== null);
    const parts = { ...app.services, cloudApi, isMeta: false };
    const job = { tenantId: tenant.id, id: media.id, attempt: 2, isLast };
    const fault = await fetchMedia(parts, job).then(
      () => null,
      (error: Error) => error.message,
    );
    return { fault, media: (await mediaById(app, tenant, media.id)) as MediaShown };
  }
  const png = sampleOf('png').bytes;
  const hash = (encoding: 'hex' | 'base64') => createHash('sha256').update(png).digest(encoding);

  it.each(['hex', 'base64'] as const)('is checked by its hash in %s', async (encoding) => {
    expect((await attempt({ bytes: png, sha256: hash(encoding) })).media.status).toBe('STORED');
  });

  it('is not kept when it came damaged, and has failed after the last attempt', async () => {
    const before = storedFiles(app).size;
    const damaged = { bytes: png.subarray(0, -1), sha256: hash('base64') };
    expect(await attempt(damaged)).toMatchObject({
      fault: 'A file could not be fetched: DAMAGED.',
      media: { status: 'FETCHING', faultCode: 'DAMAGED' },
    });
    expect(await attempt(damaged, true)).toMatchObject({
      fault: null,
      media: { status: 'FAILED', fault: 'The file came damaged.' },
    });
    expect(storedFiles(app).size).toBe(before);
  });

  it('is given up at once when it is too large', async () => {
    const huge = { bytes: png, length: 100 * 1024 * 1024 + 1 };
    expect(await attempt(huge)).toMatchObject({ fault: null, media: { status: 'FAILED', faultCode: 'TOO_LARGE' } });
  });
});

describe('a file of another tenant', () => {
  it('is one that does not exist', async () => {
    const { media } = await customerSends(app, tenant, { media: { sample: 'png' } });
    expect(await mediaById(app, app.tenants[1], media.id)).toBeNull();
    const key = { apiKey: app.tenants[1].apiKeys.owner ?? '' };
    const { data } = await ask(app.url, key, RETRY, { id: media.id });
    expect(data?.retryMedia.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });
});

describe('a file that no message holds any more', () => {
  it('is deleted, and not before', async () => {
    const before = storedFiles(app).size;
    const { media, messageId } = await customerSends(app, tenant, { media: { sample: 'png' } });
    expect(storedFiles(app).size).toBe(before + 2);
    await tenantsQuery(app.services.database.worker, [tenant.id], async (query) => {
      await dropMedia(query, [{ tenantId: tenant.id, id: media.id }]);
    });
    expect((await mediaById(app, tenant, media.id))?.status).toBe('STORED');
    await tenantsQuery(app.services.database.worker, [tenant.id], async (query) => {
      await query('update message set media_id = null where tenant_id = $1 and id = $2', [tenant.id, messageId]);
      await dropMedia(query, [{ tenantId: tenant.id, id: media.id }]);
    });
    await until(async () => (await mediaById(app, tenant, media.id)) === null, 10_000);
    expect(storedFiles(app).size).toBe(before);
  });
});
