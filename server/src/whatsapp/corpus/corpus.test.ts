import { describe, expect, it } from 'vitest';
import { CONTENT_KINDS } from '../content.ts';
import { fieldKind, KNOWN_FIELDS } from '../fields.ts';
import { type ReceivedChange, readEnvelope } from '../read-envelope.ts';
import { CORPUS } from './corpus.ts';
import { PHONE_NUMBER_ID, WABA_ID } from './payload.ts';

const NOTHING = { contacts: [], messages: [], statuses: [], errors: [], notices: [], at: undefined };
const changesOf = (): ReceivedChange[] => CORPUS.flatMap(({ body }) => readEnvelope(body).changes);

describe('the corpus', () => {
  it.each(CORPUS.map((payload) => [payload.name, payload] as const))('is read as it should be: %s', (_name, { body, reads }) => {
    // As it comes over the wire: nothing but JSON.
    const read = readEnvelope(JSON.parse(JSON.stringify(body)));
    expect(read.rejects).toEqual([]);
    expect(read.changes).toHaveLength(1);
    const { field, wabaId, phoneNumberId, displayPhone, ...content } = read.changes[0] as ReceivedChange;
    expect(content).toEqual({ ...NOTHING, ...reads });
    expect({ field, wabaId }).toEqual({ field: body.entry[0]?.changes[0]?.field, wabaId: WABA_ID });
    if (phoneNumberId)
      expect({ phoneNumberId, displayPhone }).toEqual({ phoneNumberId: PHONE_NUMBER_ID, displayPhone: '493055501' });
  });

  it('has every field that we know, and one that we do not', () => {
    const fields = new Set(changesOf().map(({ field }) => field));
    expect([...fields].filter((field) => fieldKind(field) !== 'unknown').sort()).toEqual(Object.keys(KNOWN_FIELDS).sort());
    expect([...fields].filter((field) => fieldKind(field) === 'unknown')).toEqual(['holograms', '__proto__']);
  });

  it('has every kind of message and every status', () => {
    const changes = changesOf();
    const kinds = new Set(changes.flatMap(({ messages }) => messages.map(({ content }) => content.kind)));
    expect([...kinds].sort()).toEqual([...CONTENT_KINDS].sort());
    const statuses = new Set(changes.flatMap((change) => change.statuses.map(({ status }) => status)));
    expect([...statuses].sort()).toEqual(['delivered', 'failed', 'played', 'read', 'sent']);
  });

  it('can be read from one body as well, in its order', () => {
    const entry = CORPUS.flatMap(({ body }) => body.entry);
    const read = readEnvelope({ object: 'whatsapp_business_account', entry });
    expect(read).toEqual({ changes: changesOf(), rejects: [], rejectCount: 0 });
  });
});
