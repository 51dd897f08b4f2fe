import type { Conversation } from '../../conversations/conversation.ts';
import type { Transaction } from '../../platform/context.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { ADDRESS } from './address.ts';

/** What of a message decides whether it may be sent. */
export interface ToSend {
  isTemplate: boolean;
  /** Of a template. */
  category?: string | null;
  /** Of a template with a one-time code: WhatsApp sends it to phone numbers only. */
  needsPhone?: boolean;
}

interface Facts {
  number_status: string;
  has_stopped_marketing: boolean;
  is_open: boolean | null;
  /** Of the identity it would go to. */
  address_kind: 'PHONE' | 'BSUID' | null;
}

// Meta allows free-form replies for 24 hours after the customer's last message; the database's clock decides.
const FACTS = `
  select w.status as number_status, c.marketing_stopped_at is not null as has_stopped_marketing,
    (select s.last_inbound_at > cube_now() - interval '24 hours' from service_window s where s.contact_id = c.id and s.number_id = w.id) as is_open,
    (select a.kind from (${ADDRESS}) a) as address_kind
  from whatsapp_number w, contact c where w.id = $1 and c.id = $2`;

/**
 * Refuses what Meta would refuse, or what would annoy the customer. Tells whether the window is open. Throws NUMBER_UNAVAILABLE, NO_ADDRESS, PHONE_NEEDED,
 * OPTED_OUT, and WINDOW_CLOSED for all but templates.
 */
export async function refuseSend(
  tx: Transaction,
  { number, contact }: Conversation,
  { isTemplate, category, needsPhone }: ToSend,
  field = 'conversationId',
): Promise<{ isOpen: boolean }> {
  const [facts] = await tx.query<Facts>(FACTS, [number.id, contact.id]);
  if (!facts || facts.number_status === 'DISCONNECTED')
    throw new RuleBroken('NUMBER_UNAVAILABLE', 'This number is no longer connected: write from another one.', [field]);
  if (!facts.address_kind)
    throw new RuleBroken('NO_ADDRESS', 'There is no phone or WhatsApp id of this customer that this number could write to.', [
      field,
    ]);
  if (needsPhone && facts.address_kind !== 'PHONE')
    throw new RuleBroken(
      'PHONE_NEEDED',
      'A one-time code goes to a phone number only: ask this customer for theirs, or choose another template.',
      [field],
    );
  if (category === 'MARKETING' && facts.has_stopped_marketing)
    throw new RuleBroken('OPTED_OUT', 'This customer wants no marketing messages.', [field]);
  const isOpen = facts.is_open === true;
  if (!isOpen && !isTemplate)
    throw new RuleBroken(
      'WINDOW_CLOSED',
      "More than 24 hours have passed since the customer's last message: only a template may be sent.",
      [field],
    );
  return { isOpen };
}
