import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../../simulator/samples.ts';
import { startTestApp, type TestApp, type TestTenant } from '../../../test/harness/app.ts';
import { ask, until } from '../../../test/harness/client.ts';
import { inTenant } from '../../../test/harness/many-conversations.ts';
import { customerSends, hurryJobs, upload } from '../../../test/harness/media.ts';
import { CloudApi } from '../../whatsapp/cloud-api.ts';
import { uploadMedia } from './upload-media.ts';

const SEND = 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } userErrors { code } } }';
const SHOW = 'query($id: ID!) { message(id: $id) { status failure { code metaCode } media { id status } } }';

let app: TestApp;
let tenant: TestTenant;
let conversationId: string;
beforeAll(async () => {
  app = await startTestApp();
  [tenant] = app.tenants;
  ({ conversationId } = await customerSends(app, tenant, { media: { sample: 'png' } }));
});
afterEach(() => app.simulator.control.clearFaults());
afterAll(() => app.close());

const asOwner = (query: string, variables: object) => ask(app.url, { apiKey: tenant.apiKeys.owner ?? '' }, query, variables);

async function send(sample: 'jpeg' | 'pdf' | 'ogg'): Promise<{ id: string; mediaId: string }> {
  const { bytes, mimeType: type, fileName } = sampleOf(sample);
  const { body } = await upload(app.url, { apiKey: tenant.apiKeys.owner ?? '' }, { bytes, type, fileName });
  return { mediaId: body.media.id, id: await sendAgain(body.media.id) };
}

async function sendAgain(mediaId: string): Promise<string> {
  const { data } = await asOwner(SEND, { input: { conversationId, media: { mediaId }, idempotencyKey: randomUUID() } });
  expect(data?.sendMessage.userErrors).toEqual([]);
  return data?.sendMessage.message.id;
}

const shown = async (id: string) => (await asOwner(SHOW, { id })).data?.message;
const uploadsOf = (mediaId: string) =>
  inTenant<{ meta_id: string }>(app, tenant, `select meta_id from media_upload where media_id = '${mediaId}'`);
/** Lets what waits be tried until the message is as wanted. */
const eventually = (id: string, statuses: RegExp) =>
  until(async () => {
    await hurryJobs(app);
    return statuses.test((await shown(id)).status);
  }, 20_000);
const accepted = (id: string) => app.simulator.control.accepted.filter(({ opaque }) => opaque === id);

describe('a message with a file', () => {
  it.each(['jpeg', 'pdf', 'ogg'] as const)('goes out once WhatsApp has the file: %s', async (sample) => {
    const { id, mediaId } = await send(sample);
    await eventually(id, /DELIVERED|READ|PLAYED/);
    expect(accepted(id)).toHaveLength(1);
    expect(await uploadsOf(mediaId)).toHaveLength(1);
  });

  it('whose file WhatsApp has already needs no second upload, until it forgets it', async () => {
    const { id, mediaId } = await send('jpeg');
    await eventually(id, /DELIVERED|READ/);
    const [first] = await uploadsOf(mediaId);
    await eventually(await sendAgain(mediaId), /DELIVERED|READ/);
    expect(await uploadsOf(mediaId)).toEqual([first]);
    await inTenant(app, tenant, `update media_upload set expires_at = now() - interval '1 hour' where media_id = '${mediaId}'`);
    await eventually(await sendAgain(mediaId), /DELIVERED|READ/);
    expect(await uploadsOf(mediaId)).not.toEqual([first]);
  });

  it('waits while WhatsApp does not answer', async () => {
    app.simulator.control.fault({ kind: 'http', status: 503 }, { next: 2, on: 'media' });
    const { id } = await send('pdf');
    await eventually(id, /DELIVERED|READ/);
    expect(accepted(id)).toHaveLength(1);
  });

  it('has failed when WhatsApp refuses the file five times', async () => {
    app.simulator.control.fault({ kind: 'answer', code: 131053 }, { percent: 100, on: 'media' });
    const { id } = await send('jpeg');
    await eventually(id, /FAILED/);
    expect(await shown(id)).toMatchObject({ failure: { code: 'MEDIA', metaCode: 131053 }, media: { status: 'STORED' } });
    expect(accepted(id)).toEqual([]);
    const left = await inTenant(app, tenant, `select kind from attention where message_id = '${id}'`);
    expect(left).toEqual([{ kind: 'FAILED' }]);
  });

  it('has failed with Meta’s own code when that is another', async () => {
    app.simulator.control.fault({ kind: 'answer', code: 131051 }, { percent: 100, on: 'media' });
    const { id } = await send('jpeg');
    await eventually(id, /FAILED/);
    expect((await shown(id)).failure).toEqual({ code: 'BAD_CONTENT', metaCode: 131051 });
  });

  it('has failed when its file did not get through in time five times over', async () => {
    const hanging = createServer(() => undefined);
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
    const cloudApi = new CloudApi({ baseUrl, version: 'v26.0', uploadTimeoutMs: 50 });
    app.simulator.control.fault({ kind: 'http', status: 503 }, { percent: 100, on: 'media' });
    const { id } = await send('pdf');
    const job = { tenantId: tenant.id, id, attempt: 1, isLast: false };
    for (let tries = 1; tries <= 5; tries++) {
      expect((await shown(id)).status).toBe('QUEUED');
      const fault = uploadMedia({ ...app.services, cloudApi }, job).then(
        () => null,
        (error: Error) => error.name,
      );
      expect(await fault).toBe(tries < 5 ? 'NotUploaded' : null);
    }
    expect(await shown(id)).toMatchObject({ status: 'FAILED', failure: { code: 'UPLOAD_TOO_SLOW', metaCode: null } });
    await cloudApi.destroy();
    hanging.closeAllConnections();
    hanging.close();
  });

  it('stays in the queue of a number whose token is refused, and goes out when it is resumed', async () => {
    app.simulator.control.fault({ kind: 'answer', code: 190 }, { percent: 100, on: 'media' });
    const { id } = await send('pdf');
    const number = async () => (await asOwner('{ whatsappNumbers { id status } }', {})).data?.whatsappNumbers[0];
    await until(async () => (await number()).status === 'PAUSED', 10_000);
    expect((await shown(id)).status).toBe('QUEUED');
    app.simulator.control.clearFaults();
    const resume = 'mutation($id: ID!) { resumeNumber(input: { whatsappNumberId: $id }) { userErrors { code } } }';
    await asOwner(resume, { id: (await number()).id });
    await eventually(id, /DELIVERED|READ/);
    expect(accepted(id)).toHaveLength(1);
  });

  it('has failed when its file is gone', async () => {
    app.simulator.control.fault({ kind: 'http', status: 503 }, { next: 1, on: 'media' });
    const { id, mediaId } = await send('pdf');
    await inTenant(app, tenant, `update media set status = 'GONE', file_key = null where id = '${mediaId}'`);
    await eventually(id, /FAILED/);
    expect((await shown(id)).failure).toEqual({ code: 'FILE_GONE', metaCode: null });
  });
});
