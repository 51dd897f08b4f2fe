import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { text } from '../../test/harness/envelopes.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { messagesOf, type MessageRow } from '../../test/harness/read-messages.ts';
import { countOf } from '../../test/harness/reader.ts';
import { ADA, at, of, receiving } from '../../test/harness/receiving.ts';
import type { Services } from '../platform/context.ts';
import { keepHouse } from './housekeeping.ts';
import { settleChanges } from './settle-changes.ts';

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

const { receive, deliver, textOf, eventsOf, conversationOf, changeRows } = receiving(() => services);
const kindsOf = async (line: TestLine) => (await messagesOf(services, line)).map((row) => row.kind);

describe('what customers send', () => {
  it('is stored as what it is, with its file waiting to be fetched', async () => {
    const line = await createLine(services);
    await receive(
      line,
      of('wamid.image', 'image', { id: '8101', mime_type: 'image/jpeg', sha256: 'x', caption: 'The front' }),
      of('wamid.place', 'location', { latitude: 24.7, longitude: 46.6, name: 'Office' }),
      of('wamid.voice', 'audio', { id: '8103', mime_type: 'audio/ogg; codecs=opus', voice: true }),
      of('wamid.order', 'order', {
        catalog_id: '31',
        product_items: [{ product_retailer_id: 's', quantity: 2, item_price: 7.5, currency: 'EUR' }],
      }),
      of('wamid.poll', 'poll_creation', {}),
    );
    expect(await kindsOf(line)).toEqual(['IMAGE', 'LOCATION', 'AUDIO', 'ORDER', 'UNSUPPORTED']);
    const [image] = await messagesOf(services, line);
    expect(image && (await textOf(line, image))).toBe('The front');
    expect(await rowsOf(services, line.tenantId, 'select kind, status, is_voice, meta_id from media order by meta_id')).toEqual([
      { kind: 'IMAGE', status: 'FETCHING', is_voice: false, meta_id: '8101' },
      { kind: 'AUDIO', status: 'FETCHING', is_voice: true, meta_id: '8103' },
    ]);
    expect((await conversationOf(line))?.unread_count).toBe(5);
  });

  it('counts a reaction as no message: it stands on its target, and can be taken back', async () => {
    const line = await createLine(services);
    await receive(line, text('wamid.target', ADA, 'Look'));
    const before = await conversationOf(line);
    await receive(line, of('wamid.like', 'reaction', { message_id: 'wamid.target', emoji: '👍' }));
    await receive(line, of('wamid.unlike', 'reaction', { message_id: 'wamid.target' }));
    const [target, like, unlike] = await messagesOf(services, line);
    expect([like?.kind, like?.reply_to_id, unlike?.reply_to_id]).toEqual(['REACTION', target?.id, target?.id]);
    expect([await textOf(line, like as MessageRow), unlike?.body]).toEqual(['👍', null]);
    expect(await conversationOf(line)).toEqual(before);
    expect(await eventsOf(line)).toEqual([
      'MESSAGE_CREATED RECEIVED',
      'MESSAGE_CREATED RECEIVED',
      'MESSAGE_UPDATED',
      'MESSAGE_CREATED RECEIVED',
      'MESSAGE_UPDATED',
    ]);
  });

  it('leaves a resolved conversation resolved when only a reaction comes', async () => {
    const line = await createLine(services);
    await receive(line, text('wamid.bye', ADA, 'Thanks'));
    await services.database.worker.query('select 1');
    await changeRows(line, `update conversation set status = 'RESOLVED', resolved_at = cube_now(), unread_count = 0`);
    await receive(line, of('wamid.heart', 'reaction', { message_id: 'wamid.bye', emoji: '❤️' }));
    expect(await conversationOf(line)).toMatchObject({ status: 'RESOLVED', unread_count: 0 });
    expect(await countOf(services, line, 'conversation')).toBe(1);
  });
});

describe('edits and revocations', () => {
  const edit = (wamid: string, original: string, words: string, seconds = 1) =>
    of(
      wamid,
      'edit',
      { original_message_id: original, message: { type: 'text', text: { body: words } } },
      { timestamp: at(seconds) },
    );
  const revoke = (wamid: string, original: string, seconds = 2) =>
    of(wamid, 'revoke', { original_message_id: original }, { timestamp: at(seconds) });
  const first = async (line: TestLine) =>
    (await messagesOf(services, line))[0] as MessageRow & { edited_at: Date; revoked_at: Date };

  it('change the message they are about and tell of it, once however often they come', async () => {
    const line = await createLine(services);
    await receive(
      line,
      text('wamid.a', ADA, 'Frist'),
      edit('wamid.e1', 'wamid.a', 'First'),
      edit('wamid.e2', 'wamid.a', 'First!', 2),
    );
    expect(await textOf(line, await first(line))).toBe('First!');
    const events = await eventsOf(line);
    expect(events.filter((kind) => kind === 'MESSAGE_UPDATED')).toHaveLength(2);
    await receive(line, edit('wamid.e1', 'wamid.a', 'First'), edit('wamid.e2', 'wamid.a', 'First!', 2));
    expect(await textOf(line, await first(line))).toBe('First!');
    expect(await eventsOf(line)).toEqual(events);
    expect(await countOf(services, line, 'message')).toBe(1);
  });

  it('that come late do not undo later ones', async () => {
    const line = await createLine(services);
    await receive(
      line,
      text('wamid.l', ADA, 'one'),
      edit('wamid.l3', 'wamid.l', 'three', 3),
      edit('wamid.l2', 'wamid.l', 'two', 2),
    );
    expect(await textOf(line, await first(line))).toBe('three');
  });

  it('that come before their message wait for it', async () => {
    const line = await createLine(services);
    await receive(line, text('wamid.hi', ADA, 'Hi'), edit('wamid.w1', 'wamid.w', 'Corrected'), text('wamid.w', ADA, 'Corected'));
    const rows = await messagesOf(services, line);
    expect(await textOf(line, rows[1] as MessageRow)).toBe('Corrected');
    expect(await rowsOf(services, line.tenantId, 'select count(*)::int from message_change where applied_at is null')).toEqual([
      { count: 0 },
    ]);
  });

  it('that passed their message by in another process are applied a moment later, and dropped after a week', async () => {
    const line = await createLine(services);
    await receive(line, edit('wamid.p1', 'wamid.p', 'Corrected'), text('wamid.q', ADA, 'Corected'));
    // Now the message is there and its change waits still, as when neither process saw what the other wrote.
    await changeRows(line, `update message set wamid_index = (select original_index from message_change)`);
    await receive(line, edit('wamid.gone', 'wamid.never', 'of nothing'));
    expect(await textOf(line, await first(line))).toBe('Corected');
    await settleChanges(services);
    expect(await textOf(line, await first(line))).toBe('Corrected');
    await changeRows(line, `update message_change set received_at = received_at - interval '8 days'`);
    expect((await keepHouse(services)).messageChanges).toBe(1);
    expect(await countOf(services, line, 'message_change')).toBe(0);
  });

  it('take a message back with all it held, and its file with it', async () => {
    const line = await createLine(services);
    const image = of('wamid.pic', 'image', { id: '8109', mime_type: 'image/png', caption: 'Oops' });
    await receive(line, image, revoke('wamid.r', 'wamid.pic'), edit('wamid.re', 'wamid.pic', 'Back again', 9));
    const row = await first(line);
    expect([row.body, row.revoked_at instanceof Date, row.edited_at]).toEqual([null, true, null]);
    expect(await rowsOf(services, line.tenantId, 'select status, file_key, file_name from media')).toEqual([
      { status: 'GONE', file_key: null, file_name: null },
    ]);
  });
});

describe('what one of us writes on the phone', () => {
  const echo = (wamid: string, words: string) => ({
    field: 'smb_message_echoes',
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '493055501', phone_number_id: '' },
      message_echoes: [{ from: '493055501', to: ADA, id: wamid, timestamp: at(), type: 'text', text: { body: words } }],
    },
  });

  it('stands in the thread as ours, and what came before it has been read', async () => {
    const line = await createLine(services);
    await receive(line, text('wamid.q', ADA, 'Open today?'));
    const one = echo('wamid.echo', 'Until six');
    one.value.metadata.phone_number_id = line.phoneNumberId;
    await deliver(one);
    expect(await rowsOf(services, line.tenantId, 'select direction, status, is_echo from message order by id')).toEqual([
      { direction: 'INBOUND', status: 'RECEIVED', is_echo: false },
      { direction: 'OUTBOUND', status: 'SENT', is_echo: true },
    ]);
    expect((await conversationOf(line))?.unread_count).toBe(0);
    await receive(line, text('wamid.q2', ADA, 'Thank you'));
    expect((await conversationOf(line))?.unread_count).toBe(1);
  });
});
