import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { type GraphAnswer, type GraphRequestSeen, startGraph } from '../../test/harness/graph.ts';
import { CloudApi } from './cloud-api.ts';
import { MediaTooLarge, type OpenMedia } from './open-media.ts';
import type { Outcome } from './outcome.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function graphThat(answer: (request: GraphRequestSeen, count: number) => GraphAnswer) {
  const graph = await startGraph(answer);
  closing.push(() => graph.close());
  return graph;
}

function opened(outcome: Outcome<OpenMedia>): OpenMedia {
  if (outcome.kind !== 'done') throw new Error(`It came to ${outcome.kind}.`);
  return outcome.value;
}

describe('giving a file to Meta', () => {
  const file = { bytes: Buffer.from('%PDF-1.7 …'), size: 12, mimeType: 'application/pdf', fileName: 'فاتورة "1".pdf' };

  it('writes the form that Meta documents, and gives the id', async () => {
    const { api, requests } = await graphThat(() => ({ body: { id: 8201 } }));
    expect(await api.uploadMedia('7001', 'T', file)).toEqual({ kind: 'done', value: { mediaId: '8201' } });
    const [{ line, headers, body }] = requests as [GraphRequestSeen];
    expect(line).toBe('POST /v26.0/7001/media');
    expect(headers).toMatchObject({ authorization: 'Bearer T', 'content-length': String(body.length) });
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': String(headers['content-type']) },
    }).formData();
    expect(form.get('messaging_product')).toBe('whatsapp');
    expect(form.get('type')).toBe('application/pdf');
    const sent = form.get('file') as File;
    expect([sent.name, sent.type, Buffer.from(await sent.arrayBuffer())]).toEqual([
      'فاتورة "1".pdf',
      'application/pdf',
      file.bytes,
    ]);
  });

  it('passes a stream through as it comes', async () => {
    const { api, requests } = await graphThat(() => ({ body: { id: '8201' } }));
    const piece = Buffer.alloc(64 * 1024, 7);
    const bytes = async function* () {
      for (let count = 0; count < 64; count++) yield piece;
    };
    const size = 64 * piece.length;
    expect(await api.uploadMedia('7001', 'T', { ...file, bytes, size })).toMatchObject({ kind: 'done' });
    const [{ headers, body }] = requests as [GraphRequestSeen];
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': String(headers['content-type']) },
    }).formData();
    expect((form.get('file') as File).size).toBe(size);
  });

  it('tells of a file that breaks off, and of one that is not as long as was said', async () => {
    const { api } = await graphThat(() => ({ body: { id: '8201' } }));
    const breaks = async function* () {
      yield Buffer.from('half');
      throw new Error('The disk is gone');
    };
    const cut = await api.uploadMedia('7001', 'T', { ...file, bytes: breaks });
    expect(['unknown', 'unwritten']).toContain(cut.kind);
    const short = await api.uploadMedia('7001', 'T', { ...file, size: 11 });
    expect(['unknown', 'unwritten']).toContain(short.kind);
    const long = await api.uploadMedia('7001', 'T', { ...file, bytes: async function* () {}, size: 500 });
    expect(['unknown', 'unwritten']).toContain(long.kind);
  });

  it('tells what Meta does not take', async () => {
    const error = { message: '(#131053) Media upload error', code: 131053, error_data: { details: 'Bad type' } };
    const { api } = await graphThat(() => ({ status: 400, body: { error } }));
    expect(await api.uploadMedia('7001', 'T', file)).toMatchObject({
      kind: 'refused',
      error: { code: 131053, details: 'Bad type' },
    });
  });

  it('gets a handle for an example in two steps', async () => {
    const session = 'upload:MTphdHRhY2htZW50OjEyMw==?sig=ARZ_-x';
    const { api, requests } = await graphThat((_request, count) => ({
      body: count === 1 ? { id: session } : { h: '4::aW1h:ARb' },
    }));
    expect(await api.uploadHandle('44', 'T', file)).toEqual({ kind: 'done', value: '4::aW1h:ARb' });
    const [start, send] = requests as [GraphRequestSeen, GraphRequestSeen];
    const about = new URL(`http://x${start.line.slice('POST '.length)}`);
    expect(about.pathname).toBe('/v26.0/44/uploads');
    expect(Object.fromEntries(about.searchParams)).toEqual({
      file_name: file.fileName,
      file_length: '12',
      file_type: 'application/pdf',
    });
    expect(send).toMatchObject({
      line: `POST /v26.0/${session}`,
      headers: { authorization: 'OAuth T', file_offset: '0' },
      body: file.bytes,
    });
  });

  it.each(['upload:../7001', 'upload:a b', '7001', 'upload:a/../../x', 'upload:'])(
    'follows no strange session: %s',
    async (id) => {
      const { api, requests } = await graphThat(() => ({ body: { id } }));
      expect((await api.uploadHandle('44', 'T', file)).kind).toBe('unknown');
      expect(requests).toHaveLength(1);
    },
  );
});

describe('fetching a file from Meta', () => {
  it('asks where it lies, for a number or without', async () => {
    const found = {
      url: 'https://lookaside.fbsbx.com/x',
      mime_type: 'image/jpeg',
      sha256: 'abc=',
      file_size: '12345',
      id: '8201',
    };
    const { api, requests } = await graphThat(() => ({ body: found }));
    const value = { url: found.url, mimeType: 'image/jpeg', sha256: 'abc=', size: 12345 };
    expect(await api.findMedia('8201', 'T', '7001')).toEqual({ kind: 'done', value });
    expect(await api.deleteMedia('8201', 'T')).toMatchObject({ kind: 'unknown' });
    expect(requests.map(({ line }) => line)).toEqual(['GET /v26.0/8201?phone_number_id=7001', 'DELETE /v26.0/8201']);
  });

  it('reads it with the token', async () => {
    const bytes = Buffer.alloc(300_000, 5);
    const { api, origin, requests } = await graphThat(() => ({ headers: { 'content-type': 'image/jpeg' }, body: bytes }));
    const { stream, mimeType } = opened(await api.openMedia(`${origin}/media/8201`, 'T', { maxBytes: 300_000 }));
    expect(mimeType).toBe('image/jpeg');
    expect(await buffer(stream)).toEqual(bytes);
    expect(requests[0]?.headers.authorization).toBe('Bearer T');
  });

  it.each([
    'https://evil.example/x',
    'https://facebook.com.evil.example/x',
    'https://evilfacebook.com/x',
    'http://lookaside.fbsbx.com/x',
    'https://lookaside.fbsbx.com:8443/x',
    'https://user:pw@lookaside.fbsbx.com/x',
    'http://127.0.0.1:1/x',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'x',
  ])('gives the token to nobody but Meta: %s', async (url) => {
    const { api } = await graphThat(() => ({}));
    expect(await api.openMedia(url, 'T', { maxBytes: 10 })).toMatchObject({ kind: 'refused', httpStatus: 403 });
  });

  it('follows no redirection', async () => {
    const other = await graphThat(() => ({ body: 'secret' }));
    const { api, origin } = await graphThat(() => ({ status: 302, headers: { location: `${other.origin}/x` }, body: '' }));
    expect(await api.openMedia(`${origin}/x`, 'T', { maxBytes: 10 })).toMatchObject({ kind: 'refused', httpStatus: 302 });
    expect(other.requests).toEqual([]);
  });

  it('tells an address that has expired from a fault of Meta', async () => {
    const { api, origin } = await graphThat((_request, count) => ({ status: count === 1 ? 404 : 503, body: 'x' }));
    expect(await api.openMedia(`${origin}/x`, 'T', { maxBytes: 10 })).toMatchObject({ kind: 'refused', httpStatus: 404 });
    expect(await api.openMedia(`${origin}/x`, 'T', { maxBytes: 10 })).toMatchObject({ kind: 'unknown' });
  });

  it('refuses one that says it is too large, and stops at one that does not say so', async () => {
    const bytes = Buffer.alloc(100_000);
    const { api, origin } = await graphThat((_request, count): GraphAnswer =>
      count === 1
        ? { headers: { 'content-length': '100000' }, body: bytes }
        : { headers: { 'transfer-encoding': 'chunked' }, body: bytes },
    );
    expect(await api.openMedia(`${origin}/x`, 'T', { maxBytes: 99_999 })).toMatchObject({ kind: 'refused', httpStatus: 413 });
    const { stream, size } = opened(await api.openMedia(`${origin}/x`, 'T', { maxBytes: 99_999 }));
    expect(size).toBeUndefined();
    await expect(buffer(stream)).rejects.toBeInstanceOf(MediaTooLarge);
  });

  it('fails with the line: nobody there, and a file that breaks off', async () => {
    const gone = await startGraph(() => ({}));
    await gone.close();
    const { api } = await graphThat(() => ({}));
    closing.push(() => gone.api.destroy());
    expect((await gone.api.openMedia(`${gone.origin}/x`, 'T', { maxBytes: 10 })).kind).toBe('unwritten');
    const half = createServer((socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf')).listen(
      0,
      '127.0.0.1',
    );
    await once(half, 'listening');
    closing.push(() => half.close());
    const baseUrl = `http://127.0.0.1:${(half.address() as AddressInfo).port}`;
    const broken = new CloudApi({ baseUrl, version: 'v26.0' });
    closing.push(() => broken.destroy());
    const { stream } = opened(await broken.openMedia(`${baseUrl}/x`, 'T', { maxBytes: 100 }));
    await expect(buffer(stream)).rejects.toThrow();
    await api.close();
  });
});
