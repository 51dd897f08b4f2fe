import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../simulator/samples.ts';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { connect } from '../../test/harness/connect.ts';
import { customerSends, download, mediaById, type MediaShown, storedFiles, upload } from '../../test/harness/media.ts';
import { mediaUrl } from '../messaging/media/media-ticket.ts';
import { uuidBytes } from '../platform/sealed.ts';

let app: TestApp;
let tenant: TestTenant;
/** Text of 200,003 bytes, over several chunks. */
const TEXT = Buffer.from(Array.from({ length: 40_000 }, (_, n) => `${n % 10_000}`.padStart(5, '-')).join('') + 'end');
let file: { id: string; url: string };
beforeAll(async () => {
  app = await startTestApp();
  [tenant] = app.tenants;
  const bytes = TEXT;
  file = (
    await upload(
      app.url,
      { apiKey: tenant.apiKeys.agent ?? '' },
      { bytes, fileName: `تقرير 50% (Ada's).txt`, type: 'text/plain' },
    )
  ).body.media;
});
afterAll(() => app.close());

const put = async (name: 'png' | 'pdf' | 'mp4') =>
  (await upload(app.url, { apiKey: tenant.apiKeys.agent ?? '' }, { ...sampleOf(name), type: sampleOf(name).mimeType })).body
    .media as MediaShown & { url: string };
const codeOf = (bytes: Buffer) => (JSON.parse(bytes.toString()) as { error: { code: string } }).error.code;

describe('a file', () => {
  it('is handed out whole', async () => {
    const { status, headers, bytes } = await download(app, file.url);
    expect(status).toBe(200);
    expect(bytes.equals(TEXT)).toBe(true);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-length': String(TEXT.length),
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=3600, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `sandbox; default-src 'none'; frame-ancestors 'none'`,
      'cross-origin-resource-policy': 'same-origin',
      'content-disposition': `attachment; filename="_____ 50_ (Ada's).txt"; filename*=UTF-8''%D8%AA%D9%82%D8%B1%D9%8A%D8%B1%2050%25%20%28Ada%27s%29.txt`,
    });
  });

  it.each([
    ['png', 'image/png', `sandbox; default-src 'none'; frame-ancestors 'none'`],
    ['mp4', 'video/mp4', `sandbox; default-src 'none'; frame-ancestors 'none'`],
    ['pdf', 'application/pdf', `script-src 'none'; frame-ancestors 'none'`],
  ] as const)('that can do no harm is shown where it is: %s', async (name, type, policy) => {
    const { headers } = await download(app, (await put(name)).url);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('content-disposition')).toMatch(/^inline; /);
    expect(headers.get('content-security-policy')).toBe(policy);
  });

  it('that calls itself a page is never shown', async () => {
    const page = Buffer.from('<!doctype html><script>alert(document.domain)</script>'.padEnd(200, ' '));
    const said = { type: 'document', media: { bytes: page, mimeType: 'text/html', fileName: 'a.html' } };
    const { media } = await customerSends(app, tenant, said);
    const { headers } = await download(app, media.url ?? '');
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment; /);
  });

  it('has a thumbnail of 320 pixels at most', async () => {
    const { thumbnailUrl } = await put('png');
    const { status, headers, bytes } = await download(app, thumbnailUrl ?? '');
    expect([status, headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(bytes.subarray(8, 12).toString()).toBe('WEBP');
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=65530-65545', 65_530, 65_545],
    ['bytes=199000-', 199_000, TEXT.length - 1],
    ['bytes=-3', TEXT.length - 3, TEXT.length - 1],
  ])('is handed out in part: %s', async (range, start, end) => {
    const { status, headers, bytes } = await download(app, file.url, { range });
    expect([status, headers.get('content-range')]).toEqual([206, `bytes ${start}-${end}/${TEXT.length}`]);
    expect(bytes.toString()).toBe(TEXT.subarray(start, end + 1).toString());
  });

  it('says how long it is when more is asked for than there is', async () => {
    const { status, headers, bytes } = await download(app, file.url, { range: `bytes=${TEXT.length}-` });
    expect([status, headers.get('content-range'), codeOf(bytes)]).toEqual([416, `bytes */${TEXT.length}`, 'BAD_INPUT']);
  });

  it('is not sent again to who has it, and in part only to who has the rest', async () => {
    const etag = (await download(app, file.url)).headers.get('etag') ?? '';
    expect((await download(app, file.url, { 'if-none-match': etag })).status).toBe(304);
    expect((await download(app, file.url, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await download(app, file.url, { range: 'bytes=0-9', 'if-range': '"another"' })).bytes).toHaveLength(TEXT.length);
  });

  it('tells its size without being sent', async () => {
    const response = await fetch(app.url + file.url, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, String(TEXT.length)]);
  });

  it('has one address for an hour, so that browsers keep it', async () => {
    const [one, two] = [await mediaById(app, tenant, file.id), await mediaById(app, tenant, file.id)];
    expect([one?.url, two?.url]).toEqual([file.url, file.url]);
  });
});

describe('a ticket', () => {
  const at = (ms: number) => mediaUrl({ ...app.services, clock: { now: () => new Date(ms) } }, tenant.id, file.id, 'file');

  it('lets read for one hour at least and two at most', async () => {
    const now = app.services.clock.now().getTime();
    expect((await download(app, await at(now - 3_599_000))).status).toBe(200);
    const { status, bytes } = await download(app, await at(now - 7_201_000));
    expect([status, codeOf(bytes)]).toEqual([410, 'TICKET_EXPIRED']);
  });

  it.each([
    ['of another file', async () => file.url.replace(file.id, (await put('png')).id)],
    ['of the file, for its thumbnail', async () => file.url.replace('?', '/thumbnail?')],
    ['that is missing', async () => file.url.split('?')[0] ?? ''],
    ['that was cut', async () => file.url.slice(0, -2)],
    ['for no id at all', async () => file.url.replace(file.id, 'x')],
    [
      'that was given another tenant',
      async () => {
        const bytes = Buffer.from(file.url.split('ticket=')[1] ?? '', 'base64url');
        uuidBytes(app.tenants[1].id).copy(bytes);
        return `/media/${file.id}?ticket=${bytes.toString('base64url')}`;
      },
    ],
    [
      'that was given more time',
      async () => {
        const bytes = Buffer.from(file.url.split('ticket=')[1] ?? '', 'base64url');
        bytes.writeUInt32BE(bytes.readUInt32BE(16) + 3600, 16);
        return `/media/${file.id}?ticket=${bytes.toString('base64url')}`;
      },
    ],
  ])('%s lets nobody in', async (_what, url) => {
    const { status, headers, bytes } = await download(app, await url());
    expect([status, codeOf(bytes), headers.get('cache-control')]).toEqual([403, 'FORBIDDEN', 'no-store']);
  });

  it("of another tenant for our file, written with the server's own key, finds nothing", async () => {
    const url = await mediaUrl(app.services, app.tenants[1].id, file.id, 'file');
    const { status, bytes } = await download(app, url);
    expect([status, codeOf(bytes)]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('a file that is not there', () => {
  it('yet is not found', async () => {
    const content = { id: '4711', mime_type: 'image/png' };
    const { media } = await customerSends(app, tenant, { type: 'image', content }, ({ faultCode }) => faultCode !== null);
    const { status, bytes } = await download(app, await mediaUrl(app.services, tenant.id, media.id, 'file'));
    expect([status, codeOf(bytes)]).toEqual([404, 'MEDIA_NOT_READY']);
  });

  it('any more, or was tampered with, is told before the answer begins, or breaks it off', async () => {
    const { id, url } = (
      await upload(app.url, { apiKey: tenant.apiKeys.agent ?? '' }, { bytes: TEXT, fileName: 'a.txt', type: 'text/plain' })
    ).body.media;
    const [name = '', sealed = Buffer.alloc(0)] = [...storedFiles(app)].find(([each]) => each.endsWith(id)) ?? [];
    const change = (offset: number) => {
      const changed = Buffer.from(sealed);
      changed[offset]! ^= 1;
      writeFileSync(path.join(app.mediaFolder, name), changed);
    };
    change(150_000);
    await expect(download(app, url)).rejects.toThrow();
    expect((await download(app, url, { range: 'bytes=0-99' })).status).toBe(206);
    change(100);
    const { status, bytes } = await download(app, url);
    expect([status, codeOf(bytes)]).toEqual([500, 'FILE_DAMAGED']);
    await app.services.media.delete(id);
    expect((await download(app, url)).status).toBe(500);
  });
});

describe('a customer who is erased', () => {
  it('takes their files along: once the key is destroyed, nothing opens them, backups included', async () => {
    const { media } = await customerSends(app, tenant, { media: { sample: 'jpeg' } });
    expect((await download(app, media.url ?? '')).status).toBe(200);
    const worker = await connect(app.address, 'cube_worker');
    await worker.see(tenant.id);
    const gone = await worker.count(
      'delete from contact_key k using media m where k.tenant_id = m.tenant_id and k.contact_id = m.contact_id and m.id = $1',
      [media.id],
    );
    await worker.end();
    expect(gone).toBe(1);
    const fresh = await startTestApp({ beside: app, role: 'api' });
    const { status, bytes } = await download(fresh, media.url ?? '');
    expect([status, codeOf(bytes)]).toEqual([410, 'GONE']);
    const left = [...storedFiles(app)].find(([name]) => name.endsWith(media.id))?.[1] ?? randomBytes(1);
    expect(left.includes(sampleOf('jpeg').bytes.subarray(100, 200))).toBe(false);
    await fresh.close();
  });
});
