import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { body, change, text, textBody } from '../../test/harness/envelopes.ts';
import { createLine, openServices, rowsOf } from '../../test/harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { messagesOf } from '../../test/harness/read-messages.ts';
import { countOf, startReader } from '../../test/harness/reader.ts';
import { settle } from '../../test/harness/until.ts';
import type { Services } from '../platform/context.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';

let database: TestDatabase;
let one: Services;

beforeAll(async () => {
  database = await createDatabase();
  one = await openServices(database.address);
});
afterAll(async () => {
  await one.database.close();
  await database.drop();
});

describe('received messages', () => {
  it('knows a customer by phone and by user id, and keeps the thread when one of them is hidden', async () => {
    const line = await createLine(one);
    const reader = startReader(one);
    const both = { from_user_id: 'DE.4410A' };
    await reader.post(body(change(line.phoneNumberId, { messages: [text('wamid.1', '4915550003', 'a')] })));
    await settle();
    await reader.post(
      body(
        change(line.phoneNumberId, {
          contacts: [{ wa_id: '4915550003', user_id: 'DE.4410A', profile: { name: 'Ada', username: 'ada.l' } }],
          messages: [text('wamid.2', '4915550003', 'b', both)],
        }),
      ),
    );
    await settle();
    await reader.post(body(change(line.phoneNumberId, { messages: [text('wamid.3', '', 'c', { from: undefined, ...both })] })));
    await reader.end();
    expect([
      await countOf(one, line, 'contact'),
      await countOf(one, line, 'conversation'),
      await countOf(one, line, 'message'),
    ]).toEqual([1, 1, 3]);
    expect(await rowsOf(one, line.tenantId, 'select kind from contact_identity order by kind')).toEqual([
      { kind: 'BSUID' },
      { kind: 'PHONE' },
      { kind: 'USERNAME' },
    ]);
    // The name came with the second message: the contact had none.
    expect(await rowsOf(one, line.tenantId, 'select name is not null as named from contact')).toEqual([{ named: true }]);
    expect(await countOf(one, line, 'contact_word')).toBe(2);
    expect(await rowsOf(one, line.tenantId, `select kind from event where kind = 'CONTACT_CHANGED'`)).toHaveLength(1);
  });

  it('links a reply to the message it answers and shows what it cannot read as unsupported', async () => {
    const line = await createLine(one);
    const reader = startReader(one);
    const reply = text('wamid.reply', '4915550004', 'this one', { context: { from: '1', id: 'wamid.first' } });
    const pin = { from: '4915550004', id: 'wamid.pin', timestamp: '1790000000', type: 'pin' };
    await reader.post(body(change(line.phoneNumberId, { messages: [text('wamid.first', '4915550004', 'look'), reply, pin] })));
    await reader.end();
    const [first, second, third] = await messagesOf(one, line);
    expect(second?.reply_to_id).toBe(first?.id);
    expect([third?.kind, third?.body]).toEqual(['UNSUPPORTED', null]);
  });

  it('reopens what was resolved under a day ago, begins anew after it, and wakes what was snoozed', async () => {
    const line = await createLine(one);
    const reader = startReader(one);
    const say = async (wamid: string) => {
      await reader.post(textBody(line.phoneNumberId, wamid, '4915550009', wamid));
      await settle();
      return rowsOf<{ status: string; unread_count: number; resolved: boolean }>(
        one,
        line.tenantId,
        'select status, unread_count, resolved_at is not null as resolved from conversation order by id',
      );
    };
    const set = (values: string) =>
      tenantsQuery(one.database.worker, [line.tenantId], (query) =>
        query(`update conversation set ${values} where status <> 'RESOLVED'`),
      );
    await say('wamid.1');
    await set(`status = 'SNOOZED', unread_count = 0`);
    expect(await say('wamid.2')).toEqual([{ status: 'OPEN', unread_count: 1, resolved: false }]);
    await set(`status = 'RESOLVED', unread_count = 0, resolved_at = now() - interval '23 hours'`);
    expect(await say('wamid.3')).toEqual([{ status: 'OPEN', unread_count: 1, resolved: false }]);
    await set(`status = 'RESOLVED', unread_count = 0, resolved_at = now() - interval '25 hours'`);
    expect(await say('wamid.4')).toEqual([
      { status: 'RESOLVED', unread_count: 0, resolved: true },
      { status: 'OPEN', unread_count: 1, resolved: false },
    ]);
    await reader.end();
  });

  it("counts the service window from Meta's time, and never from the future", async () => {
    const line = await createLine(one);
    const reader = startReader(one);
    const at = async (wamid: string, timestamp: number) => {
      await reader.post(
        body(change(line.phoneNumberId, { messages: [text(wamid, '4915550010', 'x', { timestamp: String(timestamp) })] })),
      );
      await settle();
      const [row] = await rowsOf<{ last_inbound_at: Date; ahead: boolean }>(
        one,
        line.tenantId,
        'select last_inbound_at, last_inbound_at > now() as ahead from service_window',
      );
      return row;
    };
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    expect((await at('wamid.1', hourAgo))?.last_inbound_at.getTime()).toBe(hourAgo * 1000);
    expect((await at('wamid.2', hourAgo - 3 * 86_400))?.last_inbound_at.getTime()).toBe(hourAgo * 1000);
    expect((await at('wamid.3', hourAgo + 10 * 3600))?.ahead).toBe(false);
    await reader.end();
  });
});
