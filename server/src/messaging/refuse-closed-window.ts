import type { Conversation } from '../conversations/conversation.ts';
import type { Transaction } from '../platform/context.ts';
import { RuleBroken } from '../platform/user-errors.ts';

/** Meta allows free-form replies for 24 hours after the customer's last message; the database's clock decides. Throws WINDOW_CLOSED. */
export async function refuseClosedWindow(tx: Transaction, conversation: Conversation): Promise<void> {
  const [window] = await tx.query<{ open: boolean }>(
    `select last_inbound_at > cube_now() - interval '24 hours' as open from service_window where contact_id = $1 and number_id = $2`,
    [conversation.contact.id, conversation.number.id],
  );
  if (!window?.open) {
    throw new RuleBroken(
      'WINDOW_CLOSED',
      "More than 24 hours have passed since the customer's last message: only a template may be sent.",
      ['conversationId'],
    );
  }
}
