import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change, text } from '../../test/harness/envelopes.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { messagesOf } from '../../test/harness/read-messages.ts';
import { countOf } from '../../test/harness/reader.ts';
import { ADA, at, of, receiving } from '../../test/harness/receiving.ts';
import type { Services } from '../platform/context.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import type { WireMessage } from '../whatsapp/wire.ts';
import { applyPeopleNotices } from './apply-people-notices.ts';

let database: TestDatabase;
let services: Services;
beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
});
afterAll(async () => {
  await services.database.close();
  await database.drop();
});

const { receive, deliver, eventsOf, conversationOf, changeRows } = receiving(() => services);
const kindsOf = async (line: TestLine) => (await messagesOf(services, line)).map((row) => row.kind);

describe('people', () => {
  const identitiesOf = (line: TestLine) =>
    rowsOf<{ kind: string; contact_id: string; ended: boolean }>(
      services,
      line.tenantId,
      'select kind, contact_id, ended_at is not null as ended from contact_identity order by kind, ended_at is not null, id',
    );

  it('without a phone are contacts by the id that WhatsApp gives them', async () => {
    const line = await createLine(services);
    const message = { from_user_id: 'DE.4410A', id: 'wamid.u', timestamp: at(), type: 'text', text: { body: 'Hello' } };
    const contacts = [{ profile: { name: 'Ada', username: '@ada.l' }, user_id: 'DE.4410A' }];
    await deliver(change(line.phoneNumberId, { contacts, messages: [message as WireMessage] }));
    expect((await identitiesOf(line)).map(({ kind }) => kind)).toEqual(['BSUID', 'USERNAME']);
    expect(
      await rowsOf(services, line.tenantId, `select account_id is not null as known from contact_identity where kind = 'BSUID'`),
    ).toEqual([{ known: true }]);
  });

  it('who change their number stay themselves, and the old number may pass to somebody else', async () => {
    const line = await createLine(services);
    await receive(line, text('wamid.old', ADA, 'It is me'));
    await receive(
      line,
      of('wamid.sys', 'system', { type: 'user_changed_number', body: 'User changed number', wa_id: '4915559999' }),
    );
    expect(await kindsOf(line)).toEqual(['TEXT', 'SYSTEM']);
    expect((await conversationOf(line))?.unread_count).toBe(1);
    expect((await identitiesOf(line)).map(({ kind, ended }) => [kind, ended])).toEqual([
      ['PHONE', false],
      ['PHONE', true],
    ]);
    await receive(line, text('wamid.new', '4915559999', 'Me again'));
    expect(await countOf(services, line, 'contact')).toBe(1);
    await receive(line, text('wamid.other', ADA, 'I have this number now'));
    expect(await countOf(services, line, 'contact')).toBe(2);
    expect(await countOf(services, line, 'conversation')).toBe(2);
  });

  it('keep their other phones when one of them changes', async () => {
    const line = await createLine(services);
    await receive(line, text('wamid.two', ADA, 'Hi'));
    await changeRows(
      line,
      `insert into contact_identity (tenant_id, id, contact_id, kind, value, value_index)
       select tenant_id, gen_random_uuid(), contact_id, 'PHONE', value, '\\x01' from contact_identity where tenant_id = '${line.tenantId}'`,
    );
    await receive(line, of('wamid.sys2', 'system', { type: 'user_changed_number', body: 'x', wa_id: '4915558888' }));
    expect((await identitiesOf(line)).map(({ ended }) => ended)).toEqual([false, false, true]);
  });

  it('are asked for marketing as they said last, whatever order their wishes come in', async () => {
    const line = await createLine(services);
    await receive(line, text('wamid.m', ADA, 'Hi'));
    const wish = async (wants: boolean, second: number) => {
      const notice = {
        kind: 'marketing-preference' as const,
        wants,
        phone: ADA,
        at: 1_790_000_000_000 - 3_600_000_000 + second * 1000,
      };
      await tenantsQuery(services.database.worker, [line.tenantId], async (query) => {
        const window = { query, keys: services.keys, events: [] };
        await services.keys.loadTenants(query, [line.tenantId]);
        await applyPeopleNotices(window, [{ tenantId: line.tenantId, numberId: line.numberId, notice }]);
      });
      const [row] = await rowsOf<{ stopped: boolean }>(
        services,
        line.tenantId,
        'select marketing_stopped_at is not null as stopped from contact',
      );
      return row?.stopped;
    };
    expect([await wish(false, 1), await wish(false, 3), await wish(true, 2)]).toEqual([true, true, true]);
    expect([await wish(true, 4), await wish(false, 3), await wish(true, 4)]).toEqual([false, false, false]);
  });

  it('whose id changes are found by the one before, and the news change nothing the second time', async () => {
    const line = await createLine(services);
    const hello = { from_user_id: 'DE.OLD', id: 'wamid.1', timestamp: at(), type: 'text', text: { body: 'Hello' } };
    await receive(line, hello);
    const news = {
      id: 'wamid.2',
      timestamp: at(),
      type: 'system',
      system: { type: 'user_changed_user_id', body: 'New id', user_id: 'DE.NEW', previous_user_id: 'DE.OLD' },
    };
    await receive(line, news);
    await receive(line, { ...hello, from_user_id: 'DE.NEW', id: 'wamid.3' });
    expect(await countOf(services, line, 'contact')).toBe(1);
    const events = await eventsOf(line);
    expect(events.filter((kind) => kind === 'CONTACT_CHANGED')).toHaveLength(1);
    await receive(line, { ...news, id: 'wamid.2' });
    expect(await eventsOf(line)).toEqual(events);
  });

  it('about whom WhatsApp says something and whom nobody knows are nobody', async () => {
    const line = await createLine(services);
    await receive(line, of('wamid.x', 'system', { type: 'user_changed_number', body: 'x', wa_id: '4915551234' }));
    expect([await countOf(services, line, 'contact'), await countOf(services, line, 'message')]).toEqual([0, 0]);
  });
});
