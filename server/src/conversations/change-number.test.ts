import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../simulator/samples.ts';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask } from '../../test/harness/client.ts';
import { customerSends, upload } from '../../test/harness/media.ts';

const PAUSE =
  'mutation($input: PauseNumberInput!) { pauseNumber(input: $input) { whatsappNumber { status pausedReason pausedBy } userErrors { code field } } }';
const RESUME =
  'mutation($input: ResumeNumberInput!) { resumeNumber(input: $input) { whatsappNumber { status pausedReason pausedBy } userErrors { code } } }';
const SYNC =
  'mutation($input: SyncNumberInput!) { syncNumber(input: $input) { whatsappNumber { quality syncedAt account { name messagingLimit } profile { about } } userErrors { code } } }';
const PROFILE = `mutation($input: UpdateBusinessProfileInput!) { updateBusinessProfile(input: $input) {
  whatsappNumber { profile { about address description email websites vertical } } userErrors { code field } } }`;
const PICTURE =
  'mutation($input: UpdateBusinessProfileInput!) { updateBusinessProfile(input: $input) { whatsappNumber { profile { pictureUrl } } userErrors { code field } } }';
const EVENTS = '{ events(first: 100, kinds: [NUMBER_CHANGED]) { nodes { subjectId status } } }';

let app: TestApp;
let alpha: TestTenant;
const asOwner = (query: string, input: object = {}) =>
  ask(app.url, { apiKey: alpha.apiKeys['owner'] ?? '' }, query, { input: { whatsappNumberId: alpha.numberId, ...input } });

beforeAll(async () => {
  app = await startTestApp();
  [alpha] = app.tenants;
});
afterAll(() => app.close());

describe('a number', () => {
  it('is paused by a person with a reason for the colleagues, and resumed', async () => {
    expect((await asOwner(PAUSE, { reason: ' ' })).data?.pauseNumber.userErrors).toEqual([
      { code: 'BAD_INPUT', field: ['reason'] },
    ]);
    const paused = { status: 'PAUSED', pausedReason: 'Stocktaking', pausedBy: 'PERSON' };
    expect((await asOwner(PAUSE, { reason: ' Stocktaking ' })).data?.pauseNumber).toEqual({
      whatsappNumber: paused,
      userErrors: [],
    });
    await asOwner(PAUSE, { reason: 'Stocktaking' });
    expect((await asOwner(RESUME)).data?.resumeNumber.whatsappNumber).toEqual({
      status: 'CONNECTED',
      pausedReason: null,
      pausedBy: null,
    });
    const { data } = await ask(app.url, { apiKey: alpha.apiKeys['owner'] ?? '' }, EVENTS);
    expect(data?.events.nodes.map((event: { status: string }) => event.status)).toEqual(['PAUSED', 'CONNECTED']);
  });

  it('is read anew from Meta', async () => {
    const { whatsappNumber, userErrors } = (await asOwner(SYNC)).data?.syncNumber ?? {};
    expect(userErrors).toEqual([]);
    expect(whatsappNumber).toMatchObject({ quality: 'GREEN', account: { name: expect.any(String) as string } });
    expect(Date.parse(whatsappNumber.syncedAt)).toBeGreaterThan(0);
  });

  it('gets a profile within the limits of WhatsApp', async () => {
    const refused = async (input: object) => (await asOwner(PROFILE, input)).data?.updateBusinessProfile.userErrors[0];
    expect(await refused({ about: 'x'.repeat(140) })).toEqual({ code: 'BAD_INPUT', field: ['about'] });
    expect(await refused({ address: 'x'.repeat(257) })).toEqual({ code: 'BAD_INPUT', field: ['address'] });
    expect(await refused({ description: '🙂'.repeat(513) })).toEqual({ code: 'BAD_INPUT', field: ['description'] });
    expect(await refused({ email: `a@${'b'.repeat(125)}.de` })).toEqual({ code: 'BAD_INPUT', field: ['email'] });
    expect(await refused({ websites: ['https://a.example', 'https://b.example', 'https://c.example'] })).toEqual({
      code: 'BAD_INPUT',
      field: ['websites'],
    });
    expect(await refused({ websites: ['javascript:alert(1)'] })).toEqual({ code: 'BAD_INPUT', field: ['websites'] });
    expect(await refused({})).toMatchObject({ code: 'BAD_INPUT' });
    const profile = {
      about: '🙂'.repeat(139),
      address: 'Corner Street 1',
      description: 'Bread and more',
      email: 'shop@example.com',
      websites: ['https://shop.example'],
      vertical: 'RETAIL',
    };
    expect((await asOwner(PROFILE, profile)).data?.updateBusinessProfile).toEqual({
      whatsappNumber: { profile },
      userErrors: [],
    });
    const changed = await asOwner(PROFILE, { address: '', websites: [] });
    expect(changed.data?.updateBusinessProfile.whatsappNumber.profile).toEqual({ ...profile, address: null, websites: [] });
  });

  it("shows a picture: a JPEG or PNG of the company's own, given to Meta under a handle", async () => {
    const picture = (pictureMediaId: string) => asOwner(PICTURE, { pictureMediaId });
    const uploadAs = async (tenant: TestTenant, name: 'jpeg' | 'png' | 'pdf') => {
      const { bytes, mimeType: type, fileName } = sampleOf(name);
      const fields = { kind: name === 'pdf' ? 'DOCUMENT' : 'IMAGE' };
      const { body } = await upload(app.url, { apiKey: tenant.apiKeys['owner'] ?? '' }, { bytes, type, fileName, fields });
      return body.media.id as string;
    };
    for (const name of ['jpeg', 'png'] as const) {
      const { data } = await picture(await uploadAs(alpha, name));
      expect(data?.updateBusinessProfile.userErrors).toEqual([]);
      const { pictureUrl } = data?.updateBusinessProfile.whatsappNumber.profile ?? {};
      const shown = Buffer.from(await (await fetch(pictureUrl)).arrayBuffer());
      expect(shown.equals(sampleOf(name).bytes)).toBe(true);
    }
    const refused = async (id: string) => (await picture(id)).data?.updateBusinessProfile.userErrors;
    const field = ['pictureMediaId'];
    expect(await refused(await uploadAs(alpha, 'pdf'))).toEqual([{ code: 'MEDIA_TYPE_NOT_ALLOWED', field }]);
    expect(await refused(await uploadAs(app.tenants[1], 'png'))).toEqual([{ code: 'NOT_FOUND', field }]);
    const fromCustomer = await customerSends(app, alpha, { media: { sample: 'jpeg' } });
    expect(await refused(fromCustomer.media.id)).toEqual([{ code: 'NOT_FOUND', field }]);
  });
});
