import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvelope } from './read-envelope.ts';

const metadata = { display_phone_number: '493055501', phone_number_id: '7001' };
const text = { from: '4915550001', id: 'wamid.IN1', timestamp: '1790000000', type: 'text', text: { body: 'Is it open?' } };
const sent = { id: 'wamid.OUT1', status: 'sent', timestamp: '1790000050', recipient_id: '4915550001' };

function envelope(...values: object[]) {
  const changes = values.map((value) => ({ field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } }));
  return { object: 'whatsapp_business_account', entry: [{ id: '9001', changes }] };
}

describe('readEnvelope', () => {
  it('reads every entry, change, message and status', () => {
    const one = envelope(
      { messages: [text, { ...text, id: 'wamid.IN2' }] },
      { statuses: [sent, { ...sent, status: 'delivered' }] },
    );
    const read = readEnvelope({ ...one, entry: [...one.entry, ...one.entry] });
    expect(read.rejectCount).toBe(0);
    expect(read.changes.map((change) => [change.messages.length, change.statuses.length])).toEqual([
      [2, 0],
      [0, 2],
      [2, 0],
      [0, 2],
    ]);
  });

  it('reads a text with its sender, context and profile', () => {
    const contact = { profile: { name: 'Ada L', username: '@ada.l' }, wa_id: '4915550001', user_id: 'DE.4410A' };
    const context = { from: '493055501', id: 'wamid.OUT9' };
    const [change] = readEnvelope(
      envelope({ contacts: [contact], messages: [{ ...text, from_user_id: 'DE.4410A', context }] }),
    ).changes;
    expect(change).toMatchObject({ wabaId: '9001', field: 'messages', phoneNumberId: '7001', displayPhone: '493055501' });
    expect(change?.contacts[0]).toMatchObject({ waId: '4915550001', userId: 'DE.4410A', name: 'Ada L', username: 'ada.l' });
    const expected = { wamid: 'wamid.IN1', type: 'text', at: 1_790_000_000_000, from: '4915550001', fromUserId: 'DE.4410A' };
    expect(change?.messages[0]).toMatchObject({
      ...expected,
      content: { kind: 'TEXT', text: 'Is it open?', parts: {} },
      replyToWamid: 'wamid.OUT9',
    });
  });

  it('reads a status with our id, its cost and its fault', () => {
    const error = { code: 131049, title: 'Not delivered', error_data: { details: 'healthy ecosystem' } };
    const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' };
    const status = { ...sent, status: 'failed', biz_opaque_callback_data: 'our-id', pricing, errors: [error] };
    const read = readEnvelope(envelope({ statuses: [status] })).changes[0]?.statuses[0];
    expect(read).toMatchObject({ wamid: 'wamid.OUT1', status: 'failed', at: 1_790_000_050_000, opaque: 'our-id' });
    expect(read).toMatchObject({ pricing: { category: 'service', type: 'regular', model: 'PMP' } });
    expect(read?.errors).toEqual([{ code: 131049, title: 'Not delivered', details: 'healthy ecosystem', transient: false }]);
  });

  it('takes ids and times as numbers too', () => {
    const message = { ...text, from: 4915550001, timestamp: 1790000000 };
    const body = envelope({ metadata: { display_phone_number: 493055501, phone_number_id: 7001 }, messages: [message] });
    const [change] = readEnvelope(body).changes;
    expect(change).toMatchObject({ phoneNumberId: '7001', messages: [{ from: '4915550001', at: 1_790_000_000_000 }] });
  });

  it('keeps messages of types it does not know, under their names', () => {
    const raw = { from: '4915550001', id: 'wamid.IN3', timestamp: '1790000000', type: 'hologram', hologram: { depth: 3 } };
    expect(readEnvelope(envelope({ messages: [raw] })).changes[0]?.messages[0]).toMatchObject({
      type: 'hologram',
      content: { kind: 'UNSUPPORTED', text: null, parts: { unsupportedType: 'hologram' } },
    });
  });

  it('keeps a system message that names the person in its content only', () => {
    const system = { type: 'user_changed_user_id', user_id: 'DE.9NEW', previous_user_id: 'DE.4410A' };
    const raw = { id: 'wamid.SYS', timestamp: '1790000000', type: 'system', system };
    expect(readEnvelope(envelope({ messages: [raw] })).changes[0]?.messages[0]).toMatchObject({
      type: 'system',
      content: { parts: { system: { type: 'USER_ID_CHANGED', newUserId: 'DE.9NEW', previousUserId: 'DE.4410A' } } },
    });
  });

  it('takes fields it does not know for nothing but their names', () => {
    const change = { field: 'holograms', value: { depth: 3 } };
    const read = readEnvelope({ object: 'whatsapp_business_account', entry: [{ id: '9001', time: 1, changes: [change] }] });
    expect(read).toMatchObject({ rejectCount: 0, changes: [{ field: change.field, at: undefined, messages: [], notices: [] }] });
  });

  it('leaves out bad pieces, says where they stood, and keeps their neighbours', () => {
    const bad = [
      null,
      7,
      [],
      {},
      { ...text, id: '' },
      { ...text, from: undefined },
      { ...text, timestamp: '99999999999' },
      { ...text, text: 'x' },
    ];
    const read = readEnvelope(
      envelope({ messages: [...bad, text], statuses: [{ ...sent, status: 'eaten' }, sent], contacts: 'none' }),
    );
    expect(read.changes[0]?.messages.map((message) => message.wamid)).toEqual(['wamid.IN1']);
    expect(read.changes[0]?.statuses.map((status) => status.status)).toEqual(['sent']);
    expect(read.rejectCount).toBe(10);
    expect(read.rejects).toContainEqual({ reason: 'unknown status', path: 'entry[0].changes[0].value.statuses[0].status' });
    expect(read.rejects).toContainEqual({ reason: 'not a list', path: 'entry[0].changes[0].value.contacts' });
    expect(read.rejects).toContainEqual({ reason: 'no text', path: 'entry[0].changes[0].value.messages[7].text.body' });
  });

  it('leaves out what has nothing to show or nobody to belong to', () => {
    const base = { from: '4915550001', id: 'wamid.X', timestamp: '1790000000' };
    const pieces: [object, string][] = [
      [{ type: 'image', image: { caption: 'no file' } }, 'image'],
      [{ type: 'location', location: { latitude: 91, longitude: 0 } }, 'location'],
      [{ type: 'contacts', contacts: [7] }, 'contacts'],
      [{ type: 'interactive', interactive: {} }, 'interactive'],
      [{ type: 'button', button: 'x' }, 'button'],
      [{ type: 'reaction', reaction: { emoji: '👍' } }, 'reaction'],
      [{ type: 'edit', edit: { original_message_id: 'wamid.A' } }, 'edit'],
      [{ type: 'edit', edit: { message: { type: 'text', text: { body: 'Hi' } } } }, 'edit'],
      [{ type: 'revoke' }, 'revoke'],
    ];
    const read = readEnvelope(envelope({ messages: [...pieces.map(([piece]) => ({ ...base, ...piece })), text] }));
    expect(read.changes[0]?.messages.map(({ wamid }) => wamid)).toEqual(['wamid.IN1']);
    expect(read.rejects.map(({ path }) => path)).toEqual(
      pieces.map(([, type], index) => `entry[0].changes[0].value.messages[${index}].${type}`),
    );
  });

  it('leaves out echoes to nobody, and news that say nothing', () => {
    const echoes = { metadata, message_echoes: [{ ...text, from: '493055501' }] };
    const empty = ['message_template_status_update', 'account_update', 'security', 'user_preferences', 'user_id_update'];
    const changes = [{ field: 'smb_message_echoes', value: echoes }, ...empty.map((field) => ({ field, value: {} }))];
    const read = readEnvelope({ object: 'whatsapp_business_account', entry: [{ id: '9001', changes }] });
    expect(read.changes.flatMap((change) => [...change.messages, ...change.notices])).toEqual([]);
    expect(read.rejects.map(({ reason }) => reason)).toEqual(['no recipient', ...empty.map(() => 'unreadable notice')]);
  });

  it('rejects a change without a phone number id and bodies that are no envelope', () => {
    expect(readEnvelope(envelope({ metadata: {}, messages: [text] }))).toMatchObject({ changes: [], rejectCount: 1 });
    for (const body of [null, undefined, 1, 'x', [], {}, { object: 'page', entry: [] }]) {
      expect(readEnvelope(body)).toMatchObject({ changes: [], rejectCount: 1 });
    }
  });

  it('replaces what PostgreSQL cannot hold', () => {
    const message = { ...text, text: { body: 'a\u0000b\ud800c😀' } };
    expect(readEnvelope(envelope({ messages: [message] })).changes[0]?.messages[0]?.content.text).toBe('a\ufffdb\ufffdc😀');
    expect(readEnvelope(envelope({ messages: [{ ...text, id: 'wamid\u0000' }] })).rejectCount).toBe(1);
  });

  it('survives 10,000 levels, __proto__ and a flood of rubbish', () => {
    const deep = `${'{"entry":['.repeat(10_000)}${']}'.repeat(10_000)}`;
    expect(readEnvelope(JSON.parse(deep)).rejectCount).toBe(1);
    const nested = JSON.parse(`{"object":"whatsapp_business_account","entry":[${deep}]}`);
    expect(readEnvelope(nested)).toMatchObject({ changes: [], rejectCount: 1 });
    const message = '{"__proto__":{"id":"wamid.EVIL","type":"text"},"constructor":{"id":"x"}}';
    const polluted = JSON.parse(JSON.stringify(envelope({ messages: ['HERE'] })).replace('"HERE"', message));
    expect(readEnvelope(polluted)).toMatchObject({ rejectCount: 1, changes: [{ messages: [] }] });
    const flood = readEnvelope(envelope({ messages: Array.from({ length: 5_000 }, () => 0) }));
    expect(flood.rejectCount).toBe(5_000);
    expect(flood.rejects).toHaveLength(100);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true }), (body) => void readEnvelope(body)),
    );
    const rubbish = fc.dictionary(fc.constantFrom('metadata', 'messages', 'statuses', 'contacts', 'errors'), fc.anything());
    fc.assert(fc.property(fc.array(rubbish), (values) => void readEnvelope(envelope(...values))));
  });

  it('loses no good message among bad ones', () => {
    const good = fc.integer({ min: 0, max: 999 }).map((n) => ({ ...text, id: `wamid.${n}` }));
    const bad = fc.oneof(fc.jsonValue(), fc.constant({ ...text, timestamp: 'soon' }));
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            good.map((piece) => ({ good: true, piece })),
            bad.map((piece) => ({ good: false, piece })),
          ),
        ),
        (pieces) => {
          const read = readEnvelope(envelope({ messages: pieces.map(({ piece }) => piece) }));
          const wanted = pieces.flatMap(({ good: isGood, piece }) => (isGood ? [(piece as typeof text).id] : []));
          expect(read.changes[0]?.messages.map((message) => message.wamid)).toEqual(wanted);
          expect(read.rejectCount).toBe(pieces.length - wanted.length);
        },
      ),
    );
  });
});
