import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask } from '../../test/harness/client.ts';

const PAUSE =
  'mutation($input: PauseNumberInput!) { pauseNumber(input: $input) { whatsappNumber { status pausedReason pausedBy } userErrors { code field } } }';
const RESUME =
  'mutation($input: ResumeNumberInput!) { resumeNumber(input: $input) { whatsappNumber { status pausedReason pausedBy } userErrors { code } } }';
const SYNC =
  'mutation($input: SyncNumberInput!) { syncNumber(input: $input) { whatsappNumber { quality syncedAt account { name messagingLimit } profile { about } } userErrors { code } } }';
const PROFILE = `mutation($input: UpdateBusinessProfileInput!) { updateBusinessProfile(input: $input) {
  whatsappNumber { profile { about address description email websites vertical } } userErrors { code field } } }`;
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
});
