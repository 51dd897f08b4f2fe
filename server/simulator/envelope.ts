import type { Envelope, EnvelopeEntry, MessagesValue, WireContact, WireMessage, WireStatus } from '../src/whatsapp/wire.ts';
import type { SimulatedNumber } from './options.ts';

/** One thing to tell a business: a message that came in, or the status of one that went out. */
export type Update = { number: SimulatedNumber; contact?: WireContact } & ({ message: WireMessage } | { status: WireStatus });

/** Puts updates into one webhook body in their order: neighbours of one account share an entry, those of one number and kind a change. */
export function envelopeOf(updates: readonly Update[]): Envelope {
  const entry: EnvelopeEntry[] = [];
  let value: MessagesValue | undefined;
  let before: Update | undefined;
  for (const update of updates) {
    const { number, contact } = update;
    const isSameAccount = before?.number.wabaId === number.wabaId;
    if (!isSameAccount) entry.push({ id: number.wabaId, changes: [] });
    if (!value || !isSameAccount || before?.number !== number || 'message' in before !== 'message' in update) {
      const metadata = { display_phone_number: number.displayPhone.replace(/\D/g, ''), phone_number_id: number.phoneNumberId };
      value = { messaging_product: 'whatsapp', metadata };
      entry.at(-1)?.changes.push({ field: 'messages', value });
    }
    if (contact && !value.contacts?.some((known) => known.wa_id === contact.wa_id && known.user_id === contact.user_id)) {
      (value.contacts ??= []).push(contact);
    }
    if ('message' in update) (value.messages ??= []).push(update.message);
    else (value.statuses ??= []).push(update.status);
    before = update;
  }
  return { object: 'whatsapp_business_account', entry };
}
