import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { text } from '../../test/harness/envelopes.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { messagesOf, type MessageRow, openMessage } from '../../test/harness/read-messages.ts';
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
    await settleChanges(services, [line.tenantId]);
    expect(await textOf(line, await first(line))).toBe('Corrected');
    await changeRows(line, `update message_change set received_at = received_at - interval '8 days'`);
    expect((await keepHouse(services)).messageChanges).toBe(1);
    expect(await countOf(services, line, 'message_change')).toBe(0);
  });

  it('leave how the message came about as it was', async () => {
    const line = await createLine(services);
    const referral = { source_url: 'https://fb.me/ad', source_type: 'ad', source_id: '120', headline: 'Shoes', ctwa_clid: 'c1' };
    const product = {
      from: '493055501',
      id: 'wamid.shop',
      referred_product: { catalog_id: '77', product_retailer_id: 'SHOE-1' },
    };
    for (const [name, more, kept] of [
      ['referral', { referral }, { referral: expect.objectContaining({ headline: 'Shoes' }) as unknown }],
      ['forwarded', { context: { forwarded: true } }, { forwarded: 'ONCE' }],
      ['product', { context: product }, { product: { catalogId: '77', productId: 'SHOE-1' } }],
    ] as const) {
      const wamid = `wamid.kept.${name}`;
      await receive(line, text(wamid, ADA, 'Frist', more as object), edit(`${wamid}.e`, wamid, 'First'));
      const row = (await messagesOf(services, line)).at(-1) as MessageRow & { edited_at: Date };
      expect(row.edited_at).toBeInstanceOf(Date);
      expect(await textOf(line, row)).toBe('First');
      expect(JSON.parse(await openMessage(services, line, row, 'parts'))).toEqual(kept);
    }
  });

  it('that wait for what never comes stand in nobody’s way, and of other tenants none is asked for', async () => {
    const line = await createLine(services);
    await receive(line, edit('wamid.s1', 'wamid.s', 'Corrected'), text('wamid.t', ADA, 'Corected'));
    await changeRows(line, 'update message set wamid_index = (select original_index from message_change)');
    await changeRows(
      line,
      `insert into message_change (tenant_id, id, wamid_index, original_index, kind, at, received_at)
       select '${line.tenantId}', gen_random_uuid(), sha256(n::text::bytea), sha256(('o' || n)::bytea), 'REVOKE', now(), now() - interval '1 hour' from generate_series(1, 600) n`,
    );
    await settleChanges(services, [(await createLine(services)).tenantId]);
    expect(await textOf(line, await first(line))).toBe('Corected');
    await settleChanges(services, [line.tenantId]);
    expect(await textOf(line, await first(line))).toBe('Corrected');
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
  const echoOf = (line: TestLine, message: object) => ({
    field: 'smb_message_echoes',
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '493055501', phone_number_id: line.phoneNumberId },
      message_echoes: [{ from: '493055501', to: ADA, timestamp: at(), ...message }],
    },
  });
  const echo = (line: TestLine, wamid: string, words: string) => echoOf(line, { id: wamid, type: 'text', text: { body: words } });
  const edited = (original: string, words: string) => ({
    type: 'edit',
    edit: { original_message_id: original, message: { type: 'text', text: { body: words } } },
  });
  const revoked = (original: string) => ({ type: 'revoke', revoke: { original_message_id: original } });

  it('stands in the thread as ours, and what came before it has been read', async () => {
    const line = await createLine(services);
    await receive(line, text('wamid.q', ADA, 'Open today?'));
    await deliver(echo(line, 'wamid.echo', 'Until six'));
    expect(await rowsOf(services, line.tenantId, 'select direction, status, is_echo from message order by id')).toEqual([
      { direction: 'INBOUND', status: 'RECEIVED', is_echo: false },
      { direction: 'OUTBOUND', status: 'SENT', is_echo: true },
    ]);
    expect((await conversationOf(line))?.unread_count).toBe(0);
    await receive(line, text('wamid.q2', ADA, 'Thank you'));
    expect((await conversationOf(line))?.unread_count).toBe(1);
  });

  it('is edited and taken back there too, and only there', async () => {
    const line = await createLine(services);
    await receive(line, text('wamid.q', ADA, 'Open today?'));
    await deliver(echo(line, 'wamid.e1', 'Until sex'), echo(line, 'wamid.e2', 'Ask my wife'));
    const ours = async () =>
      (await messagesOf(services, line)) as [MessageRow, MessageRow, MessageRow & { revoked_at: Date | null }];
    // Neither may a customer change what we wrote, nor the phone what a customer did.
    await receive(
      line,
      of('wamid.c1', 'edit', edited('wamid.e1', 'Never').edit),
      of('wamid.c2', 'revoke', revoked('wamid.e2').revoke),
    );
    await deliver(echoOf(line, { id: 'wamid.c3', ...edited('wamid.q', 'Closed?') }));
    const texts = async () => Promise.all((await ours()).map((row) => textOf(line, row)));
    expect(await texts()).toEqual(['Open today?', 'Until sex', 'Ask my wife']);
    const changes = [
      echoOf(line, { id: 'wamid.c4', ...edited('wamid.e1', 'Until six') }),
      echoOf(line, { id: 'wamid.c5', ...revoked('wamid.e2') }),
    ];
    await deliver(...changes);
    expect(await texts()).toEqual(['Open today?', 'Until six', null]);
    expect((await ours())[2].revoked_at).toBeInstanceOf(Date);
    const events = await eventsOf(line);
    expect(events.filter((kind) => kind === 'MESSAGE_UPDATED')).toHaveLength(2);
    await deliver(...changes);
    expect(await eventsOf(line)).toEqual(events);
  });

  it('and edited before it came here waits for it', async () => {
    const line = await createLine(services);
    await deliver(echoOf(line, { id: 'wamid.x1', ...edited('wamid.x', 'Until six') }), echo(line, 'wamid.x', 'Until sex'));
    const [row] = await messagesOf(services, line);
    expect(await textOf(line, row as MessageRow)).toBe('Until six');
  });
});
