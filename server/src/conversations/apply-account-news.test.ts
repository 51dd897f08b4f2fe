import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask, postWebhook, until } from '../../test/harness/client.ts';
import { settle } from '../../test/harness/until.ts';
import { tenantQuery } from '../platform/tenant-query.ts';

const NUMBER = `{ whatsappNumbers { name nameStatus quality throughput messagesPerSecond status pausedBy pausedReason pausedCode
  account { messagingLimit reviewStatus } } }`;
const EVENTS = '{ events(first: 100, kinds: [NUMBER_CHANGED, SECURITY_ALERT]) { nodes { kind subjectId status } } }';
const PHONE = { display_phone_number: '49305550100' };

let app: TestApp;
let alpha: TestTenant;
let beta: TestTenant;
let serial = 0;

const as = async (tenant: TestTenant, query: string) =>
  (await ask(app.url, { apiKey: tenant.apiKeys['owner'] ?? '' }, query)).data;
const numberOf = async (tenant: TestTenant) => (await as(tenant, NUMBER))?.whatsappNumbers[0];
const eventsOf = async (tenant: TestTenant) =>
  (await as(tenant, EVENTS))?.events.nodes as { kind: string; subjectId: string; status: string }[];

/** Posts news at so many seconds of Meta's clock and waits until it was read. */
async function say(field: string, value: object, seconds: number): Promise<void> {
  const entry = { id: '9001', time: 1_790_000_000 + seconds, changes: [{ field, value }] };
  // Each body is another one: what is not stored again is no test of what is done twice.
  const raw = JSON.stringify({ object: 'whatsapp_business_account', entry: [entry], serial: ++serial });
  expect(await postWebhook(app.url, raw)).toBe(200);
  await until(async () => {
    const { rows } = await app.services.database.worker.query<{ waiting: number }>(
      'select count(*)::int as waiting from webhook_inbox where done_at is null and quarantined is null',
    );
    return rows[0]?.waiting === 0;
  });
}

const limit = (tier: unknown, seconds: number) =>
  say('business_capability_update', { max_daily_conversations_per_business: tier }, seconds);
const ban = (state: string, seconds: number) =>
  say('account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: state } }, seconds);

beforeAll(async () => {
  app = await startTestApp();
  [alpha, beta] = app.tenants;
});
afterAll(() => app.close());
beforeEach(async () => {
  for (const tenant of [alpha, beta])
    await tenantQuery(app.services.database.app, tenant.id, async (query) => {
      await query(`update whatsapp_account set noticed = '{}', messaging_limit = 250, review_status = null`);
      await query(
        `update whatsapp_number set status = 'CONNECTED', paused_by = null, paused_reason = null, resumed_at = null, quality = 'GREEN', throughput = 'STANDARD', messages_per_second = 80`,
      );
    });
});

describe('news of Meta about an account', () => {
  it('raises and lowers its messaging limit, for every company that has connected it', async () => {
    await limit('TIER_2K', 1);
    for (const tenant of [alpha, beta]) expect((await numberOf(tenant)).account.messagingLimit).toBe(2_000);
    await say(
      'phone_number_quality_update',
      { ...PHONE, event: 'ONBOARDING', max_daily_conversations_per_business: 'TIER_UNLIMITED' },
      2,
    );
    expect((await numberOf(alpha)).account.messagingLimit).toBeNull();
    await limit(250, 3);
    expect((await numberOf(alpha)).account.messagingLimit).toBe(250);
  });

  it('lets a number send faster, unless the phone app is in use too', async () => {
    await say('phone_number_quality_update', { ...PHONE, event: 'THROUGHPUT_UPGRADE' }, 1);
    expect(await numberOf(alpha)).toMatchObject({ throughput: 'HIGH', messagesPerSecond: 1_000 });
    await tenantQuery(app.services.database.app, beta.id, (query) =>
      query(`update whatsapp_number set is_coexistence = true, throughput = 'STANDARD', messages_per_second = 20`),
    );
    await say('phone_number_quality_update', { ...PHONE, event: 'THROUGHPUT_UPGRADE' }, 2);
    expect(await numberOf(beta)).toMatchObject({ throughput: 'HIGH', messagesPerSecond: 20 });
  });

  it('changes quality, name and review', async () => {
    await say('phone_number_quality_update', { ...PHONE, event: 'FLAGGED', current_limit: 'TIER_2K' }, 1);
    await say('phone_number_name_update', { ...PHONE, decision: 'REJECTED', requested_verified_name: 'Better shop' }, 1);
    await say('account_review_update', { decision: 'APPROVED' }, 1);
    expect(await numberOf(alpha)).toMatchObject({
      quality: 'RED',
      name: 'Alpha shop',
      nameStatus: 'REJECTED',
      account: { reviewStatus: 'APPROVED' },
    });
    await say('phone_number_name_update', { ...PHONE, decision: 'APPROVED', requested_verified_name: 'Better shop' }, 2);
    expect(await numberOf(alpha)).toMatchObject({ name: 'Better shop', nameStatus: 'APPROVED' });
  });

  it('stops its numbers when it is banned, and lets those go on that the ban had stopped', async () => {
    await tenantQuery(app.services.database.app, beta.id, (query) =>
      query(`update whatsapp_number set status = 'PAUSED', paused_by = 'PERSON', paused_reason = 'Stocktaking'`),
    );
    await ban('DISABLE', 1);
    expect(await numberOf(alpha)).toMatchObject({
      status: 'PAUSED',
      pausedBy: 'META',
      pausedReason: expect.stringContaining('disabled') as string,
      pausedCode: 131031,
    });
    expect(await numberOf(beta)).toMatchObject({ status: 'PAUSED', pausedBy: 'PERSON', pausedReason: 'Stocktaking' });
    const last = (await eventsOf(alpha)).slice(-2);
    expect(last.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual([
      'NUMBER_CHANGED PAUSED',
      'SECURITY_ALERT ACCOUNT_DISABLED',
    ]);
    await ban('REINSTATE', 2);
    expect(await numberOf(alpha)).toMatchObject({ status: 'CONNECTED', pausedBy: null, pausedReason: null, pausedCode: null });
    expect(await numberOf(beta)).toMatchObject({ status: 'PAUSED', pausedReason: 'Stocktaking' });
  });

  it('of before somebody resumed a number stops it no more', async () => {
    const resume = `mutation { resumeNumber(input: { whatsappNumberId: "${alpha.numberId}" }) { whatsappNumber { status } } }`;
    await ban('DISABLE', 1);
    expect((await as(alpha, resume))?.resumeNumber.whatsappNumber.status).toBe('CONNECTED');
    const before = await eventsOf(alpha);
    await say('account_update', { event: 'PARTNER_REMOVED' }, 2);
    expect((await numberOf(alpha)).status).toBe('CONNECTED');
    expect((await numberOf(beta)).status).toBe('PAUSED');
    expect(await eventsOf(alpha)).toEqual(before);
    await say('account_update', { event: 'PARTNER_REMOVED' }, Math.ceil(Date.now() / 1000) - 1_790_000_000);
    expect((await numberOf(alpha)).status).toBe('PAUSED');
  });

  it('stops its numbers when the account no longer lets us in', async () => {
    await say('account_update', { event: 'PARTNER_REMOVED' }, 1);
    expect(await numberOf(alpha)).toMatchObject({ status: 'PAUSED', pausedBy: 'META', pausedCode: 10 });
  });

  it('is an alert when a PIN was changed or the account is warned, and names the number', async () => {
    const before = (await eventsOf(alpha)).length;
    await say('security', { ...PHONE, event: 'PIN_CHANGED', requester: '4711' }, 1);
    await say(
      'account_alerts',
      {
        entity_type: 'PHONE_NUMBER',
        entity_id: alpha.phoneNumberId,
        alert_info: { alert_severity: 'CRITICAL', alert_type: 'PROFILE_PICTURE_LOST' },
      },
      1,
    );
    const told = (await eventsOf(alpha)).slice(before);
    expect(told).toEqual([
      { kind: 'SECURITY_ALERT', subjectId: alpha.numberId, status: 'PIN_CHANGED' },
      { kind: 'SECURITY_ALERT', subjectId: alpha.numberId, status: 'PROFILE_PICTURE_LOST' },
    ]);
  });

  it('that comes again, or of a kind without consequence, changes nothing and is no event', async () => {
    await limit('TIER_10K', 1);
    await ban('DISABLE', 2);
    await say('security', { ...PHONE, event: 'PIN_RESET_REQUEST' }, 3);
    const before = [await numberOf(alpha), await eventsOf(alpha)];
    await limit('TIER_10K', 1);
    await ban('DISABLE', 2);
    await say('security', { ...PHONE, event: 'PIN_RESET_REQUEST' }, 3);
    await say('account_update', { event: 'VOLUME_BASED_PRICING_TIER_UPDATE', volume_tier_info: { tier: '0:1000' } }, 4);
    await say('business_username_update', { ...PHONE, username: 'shop', status: 'approved' }, 4);
    await settle();
    expect([await numberOf(alpha), await eventsOf(alpha)]).toEqual(before);
  });

  it('comes to the same in every order and repetition', async () => {
    const words = [
      () => limit('TIER_2K', 1),
      () => limit('TIER_10K', 2),
      () => ban('DISABLE', 1),
      () => ban('REINSTATE', 3),
      () => say('phone_number_name_update', { ...PHONE, decision: 'PENDING', requested_verified_name: 'Last' }, 1),
      () => say('phone_number_name_update', { ...PHONE, decision: 'APPROVED', requested_verified_name: 'Last' }, 2),
    ];
    const orders = fc.shuffledSubarray([...words.keys(), ...words.keys()], { minLength: words.length * 2 });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        await tenantQuery(app.services.database.app, alpha.id, async (query) => {
          await query(`update whatsapp_account set noticed = '{}', messaging_limit = 250`);
          await query(
            `update whatsapp_number set status = 'CONNECTED', paused_by = null, paused_reason = null, name = 'First', name_status = null`,
          );
        });
        for (const index of order) await words[index]?.();
        expect(await numberOf(alpha)).toMatchObject({
          status: 'CONNECTED',
          name: 'Last',
          nameStatus: 'APPROVED',
          account: { messagingLimit: 10_000 },
        });
      }),
      { numRuns: 8 },
    );
  });
});
