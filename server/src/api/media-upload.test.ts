import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleName, sampleOf } from '../../simulator/samples.ts';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask, signIn, until } from '../../test/harness/client.ts';
import { inTenant } from '../../test/harness/many-conversations.ts';
import { customerSends, download, mediaById, storedFiles, upload, type Upload } from '../../test/harness/media.ts';
import { keepHouse } from '../messaging/housekeeping.ts';

const MEGA = 1024 * 1024;
let app: TestApp;
let tenant: TestTenant;
let other: TestTenant;
let cookie: string;
beforeAll(async () => {
  app = await startTestApp();
  [tenant, other] = app.tenants;
  cookie = await signIn(app.url, tenant.users.agent?.email ?? '', tenant.users.agent?.password ?? '');
});
afterAll(() => app.close());

const asAgent = (file: Upload) => upload(app.url, { apiKey: tenant.apiKeys.agent ?? '' }, file);
const sample = (name: SampleName, more: Partial<Upload> = {}): Upload => {
  const { bytes, mimeType: type, fileName } = sampleOf(name);
  return { bytes, type, fileName, ...more };
};
/** A picture of this size that is one by its first bytes. */
const picture = (size: number) => Buffer.concat([sampleOf('jpeg').bytes, Buffer.alloc(size)]).subarray(0, size);
const rowsLeft = async () =>
  (await inTenant<{ n: number }>(app, tenant, `select count(*)::int as n from media where status <> 'STORED'`))[0]?.n;

describe('an upload', () => {
  it.each([
    ['jpeg', { kind: 'IMAGE', mimeType: 'image/jpeg', fileName: 'parcel.jpg' }],
    ['png', { kind: 'IMAGE', mimeType: 'image/png', width: 96, height: 64 }],
    ['webp', { kind: 'STICKER', mimeType: 'image/webp' }],
    ['mp4', { kind: 'VIDEO', mimeType: 'video/mp4', thumbnailUrl: null }],
    ['ogg', { kind: 'AUDIO', mimeType: 'audio/ogg; codecs=opus', isVoice: false, thumbnailUrl: null }],
    ['pdf', { kind: 'DOCUMENT', mimeType: 'application/pdf', thumbnailUrl: null }],
  ] as const)('is what its content is, whatever it is said to be: %s', async (name, expected) => {
    const { status, body } = await asAgent(sample(name, { type: 'application/octet-stream' }));
    expect([status, body]).toMatchObject([201, { media: expected }]);
    const { bytes } = await download(app, body.media.url);
    expect(bytes.equals(sampleOf(name).bytes)).toBe(true);
    expect(await mediaById(app, tenant, body.media.id)).toMatchObject({ ...expected, status: 'STORED', size: bytes.length });
  });

  it('comes by cookie too, and may say that it is a voice message', async () => {
    const { status, body } = await upload(app.url, { cookie }, sample('ogg', { fields: { isVoice: 'true' } }));
    expect([status, body.media]).toMatchObject([201, { kind: 'AUDIO', isVoice: true }]);
  });

  it('has a name that is a label and nothing more', async () => {
    const { body } = await asAgent(sample('pdf', { fileName: '../../etc/فاتورة\u202Efdp.exe' }));
    expect(body.media.fileName).toBe('فاتورةfdp.exe');
  });

  it('is sealed where it lies', async () => {
    const text = 'The platypus is behind the second door. '.repeat(5_000);
    const { body } = await asAgent({ bytes: Buffer.from(text), fileName: 'platypus.txt', type: 'text/plain' });
    expect(body.media).toMatchObject({ kind: 'DOCUMENT', mimeType: 'text/plain', size: text.length });
    for (const [name, file] of storedFiles(app)) expect([name, file.includes('platypus')]).toEqual([name, false]);
    const rows = await inTenant<{ row: string }>(app, tenant, 'select m::text as row from media m');
    expect(rows.filter(({ row }) => row.includes('platypus'))).toEqual([]);
  });
});

describe('an upload is refused, and leaves nothing,', () => {
  const code = async (file: Upload, credential = { apiKey: tenant.apiKeys.agent ?? '' }) => {
    const { status, body } = await upload(app.url, credential, file);
    return [status, body.error?.code];
  };

  it('from nobody, from who may not write, and from the page of another site', async () => {
    expect(await code(sample('png'), { apiKey: '' })).toEqual([401, 'UNAUTHENTICATED']);
    expect(await code(sample('png'), { apiKey: tenant.apiKeys.analyst ?? '' })).toEqual([403, 'FORBIDDEN']);
    const elsewhere = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const { status } = await upload(app.url, { cookie }, sample('png', { headers: elsewhere }));
    expect(status).toBe(401);
  });

  it.each<[string, () => Upload, [number, string]]>([
    ['when a picture is too large', () => ({ bytes: picture(5 * MEGA + 1) }), [413, 'MEDIA_TOO_LARGE']],
    [
      'when a sticker is too large',
      () => ({ bytes: Buffer.concat([sampleOf('webp').bytes, Buffer.alloc(100 * 1024)]) }),
      [413, 'MEDIA_TOO_LARGE'],
    ],
    [
      'when it is a program',
      () => ({ bytes: Buffer.concat([Buffer.from('MZ'), randomBytes(5_000)]), type: 'image/jpeg' }),
      [415, 'MEDIA_TYPE_NOT_ALLOWED'],
    ],
    [
      'when it is a drawing that can run scripts',
      () => ({
        bytes: Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        type: 'image/svg+xml',
      }),
      [415, 'MEDIA_TYPE_NOT_ALLOWED'],
    ],
    [
      'when a document is to go as a picture',
      () => sample('pdf', { fields: { kind: 'IMAGE' } }),
      [415, 'MEDIA_TYPE_NOT_ALLOWED'],
    ],
    ['when a voice message is none', () => sample('mp4', { fields: { isVoice: 'true' } }), [415, 'MEDIA_TYPE_NOT_ALLOWED']],
    ['when it is empty', () => ({ bytes: Buffer.alloc(0) }), [422, 'BAD_INPUT']],
    ['when its kind does not exist', () => sample('png', { fields: { kind: 'HOLOGRAM' } }), [422, 'BAD_INPUT']],
  ])('%s', async (_what, file, expected) => {
    const before = storedFiles(app).size;
    expect(await code(file())).toEqual(expected);
    await until(async () => storedFiles(app).size === before && (await rowsLeft()) === 0, 10_000);
  });

  it('before it is read when it says that it is larger than all there is', async () => {
    const answer = await speak(`content-length: ${200 * MEGA}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 413 [\s\S]*MEDIA_TOO_LARGE/);
  });

  it('when it breaks off', async () => {
    const before = storedFiles(app).size;
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n';
    await speak(`content-length: ${3 * MEGA}\r\n\r\n${head}`, picture(MEGA));
    await until(async () => storedFiles(app).size === before && (await rowsLeft()) === 0, 10_000);
    expect((await asAgent(sample('png'))).status).toBe(201);
  });

  /** Sends this and hangs up after the answer, or after the bytes. */
  function speak(rest: string, bytes?: Buffer): Promise<string> {
    const { port } = new URL(app.url);
    return new Promise((resolve) => {
      let answer = '';
      const line = connect(Number(port), '127.0.0.1', () => {
        const head = `POST /media HTTP/1.1\r\nhost: localhost\r\nx-api-key: ${tenant.apiKeys.agent}\r\ncontent-type: multipart/form-data; boundary=x\r\n`;
        line.write(head + rest);
        if (bytes) line.write(bytes, () => setTimeout(() => line.destroy(), 200));
      });
      line.on('data', (chunk) => ((answer += chunk), line.destroy()));
      line.on('error', () => undefined);
      line.on('close', () => resolve(answer));
    });
  }
});

describe('an uploaded file', () => {
  const SEND =
    'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id media { id fileName } } userErrors { code } } }';
  const send = async (conversationId: string, mediaId: string) => {
    const input = { conversationId, media: { mediaId }, idempotencyKey: randomBytes(8).toString('hex') };
    const { data, errors } = await ask(app.url, { apiKey: tenant.apiKeys.agent ?? '' }, SEND, { input });
    expect(errors).toBeUndefined();
    return data?.sendMessage;
  };
  const keyOf = async (mediaId: string) =>
    (
      await inTenant<{ contact_id: string | null; store_key: string; key: string }>(
        app,
        tenant,
        `select contact_id, store_key, encode(substring(file_key from 2 for 16), 'hex') as key from media where id = '${mediaId}'`,
      )
    )[0];
  const contactKeys = async () =>
    new Set((await inTenant<{ id: string }>(app, tenant, 'select id from contact_key')).map(({ id }) => id.replaceAll('-', '')));

  it("lies under the company's key until it is sent, then under the customer's", async () => {
    const { conversationId } = await customerSends(app, tenant, { media: { sample: 'png' } });
    const { body } = await asAgent(sample('pdf'));
    const before = await keyOf(body.media.id);
    expect([before?.contact_id, (await contactKeys()).has(before?.key ?? '')]).toEqual([null, false]);
    const sent = await send(conversationId, body.media.id);
    expect(sent).toMatchObject({ message: { media: { id: body.media.id, fileName: 'invoice.pdf' } }, userErrors: [] });
    const after = await keyOf(body.media.id);
    expect([after?.contact_id === null, (await contactKeys()).has(after?.key ?? '')]).toEqual([false, true]);
    expect((await download(app, body.media.url)).bytes.equals(sampleOf('pdf').bytes)).toBe(true);
  });

  it('sent to a second customer is the same file under a second key, and stays when the first goes', async () => {
    const [one, two] = [
      await customerSends(app, tenant, { text: 'a', media: { sample: 'png' } }),
      await customerSends(app, tenant, { media: { sample: 'pdf' } }),
    ];
    const { body } = await asAgent(sample('jpeg'));
    const before = storedFiles(app).size;
    const first = (await send(one.conversationId, body.media.id)).message;
    const second = (await send(two.conversationId, body.media.id)).message;
    expect(second.media.id).not.toBe(first.media.id);
    const [a, b] = [await keyOf(first.media.id), await keyOf(second.media.id)];
    expect(a?.store_key).toBe(b?.store_key);
    expect(a?.key).not.toBe(b?.key);
    expect(storedFiles(app).size).toBe(before);
    const url = (await mediaById(app, tenant, second.media.id))?.url ?? '';
    expect((await download(app, url)).bytes.equals(sampleOf('jpeg').bytes)).toBe(true);
  });

  it('is given to WhatsApp once for the number, whoever it goes to', async () => {
    const { conversationId } = await customerSends(app, tenant, { media: { sample: 'png' } });
    const { body } = await asAgent(sample('png', { fileName: 'نعم.png' }));
    await send(conversationId, body.media.id);
    const known = () =>
      inTenant<{ meta_id: string; days: number }>(
        app,
        tenant,
        `select meta_id, extract(day from expires_at - now())::int as days from media_upload where media_id = '${body.media.id}'`,
      );
    await until(async () => (await known()).length === 1, 10_000);
    expect((await known())[0]?.days).toBe(28);
    await send(conversationId, body.media.id);
    expect(await inTenant(app, tenant, 'select 1 from media_upload where media_id = $1', [body.media.id])).toHaveLength(1);
  });

  it('of another tenant is none', async () => {
    const { conversationId } = await customerSends(app, tenant, { media: { sample: 'png' } });
    const theirs = await upload(app.url, { apiKey: other.apiKeys.agent ?? '' }, sample('png'));
    expect((await send(conversationId, theirs.body.media.id)).userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });

  it('that nobody sent is deleted after a day, and one that was sent stays', async () => {
    const { conversationId } = await customerSends(app, tenant, { media: { sample: 'png' } });
    const [kept, left] = [(await asAgent(sample('png'))).body.media, (await asAgent(sample('pdf'))).body.media];
    await send(conversationId, kept.id);
    const before = storedFiles(app).size;
    await inTenant(
      app,
      tenant,
      `update media set created_at = created_at - interval '25 hours' where id in ('${kept.id}', '${left.id}')`,
    );
    expect((await keepHouse(app.services)).uploads).toBe(1);
    await until(async () => (await mediaById(app, tenant, left.id)) === null, 10_000);
    expect(storedFiles(app).size).toBe(before - 1);
    expect((await mediaById(app, tenant, kept.id))?.status).toBe('STORED');
  });
});
