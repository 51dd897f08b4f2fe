import type { Envelope, EnvelopeEntry, MessagesValue, WireContact, WireMessage, WireStatus } from '../src/whatsapp/wire.ts';
import type { SimulatedNumber } from './options.ts';

/** One thing to tell a business: a message that came in, the status of one that went out, or a fault of the number. */
export type Update = { number: SimulatedNumber; contact?: WireContact } & (
  { message: WireMessage } | { status: WireStatus } | { error: NonNullable<MessagesValue['errors']>[number] }
);

/** Any other field: of the account, its templates and numbers. */
export interface AccountUpdate {
  wabaId: string;
  field: string;
  value: Record<string, unknown>;
  /** Unix seconds; account and template fields have it. */
  time?: number;
}

const LISTS = ['message', 'status', 'error'] as const;

/** Puts updates into one webhook body in their order: neighbours of one account share an entry, those of one number and kind a change. */
export function envelopeOf(updates: readonly (Update | AccountUpdate)[]): Envelope {
  const entry: EnvelopeEntry[] = [];
  let value: MessagesValue | undefined;
  let before: Update | undefined;
  for (const update of updates) {
    if (!('number' in update)) {
      entry.push(entryOf(update));
      before = value = undefined;
      continue;
    }
    const { number, contact } = update;
    const isSameAccount = before?.number.wabaId === number.wabaId;
    if (!isSameAccount) entry.push({ id: number.wabaId, changes: [] });
    if (!value || !isSameAccount || before?.number !== number || kindOf(before) !== kindOf(update)) {
      const metadata = { display_phone_number: number.displayPhone.replace(/\D/g, ''), phone_number_id: number.phoneNumberId };
      value = { messaging_product: 'whatsapp', metadata };
      entry.at(-1)?.changes.push({ field: 'messages', value });
    }
    if (contact && !value.contacts?.some((known) => known.wa_id === contact.wa_id && known.user_id === contact.user_id)) {
      (value.contacts ??= []).push(contact);
    }
    if ('message' in update) (value.messages ??= []).push(update.message);
    else if ('status' in update) (value.statuses ??= []).push(update.status);
    else (value.errors ??= []).push(update.error);
    before = update;
  }
  return { object: 'whatsapp_business_account', entry };
}

function entryOf({ wabaId, field, value, time }: AccountUpdate): EnvelopeEntry {
  return { id: wabaId, ...(time !== undefined && { time }), changes: [{ field, value }] };
}

function kindOf(update: Update | undefined): string | undefined {
  return update && LISTS.find((kind) => kind in update);
}
