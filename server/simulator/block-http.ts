import { type GraphCall, page, refuse, refuseUnknown } from './graph-call.ts';
import type { NumberState } from './number-state.ts';
import { isUserId, keyOf } from './people.ts';
import { isFields } from './shapes.ts';

const CALL_MAX = 1_000;
const LIST_MAX = 64_000;
const DAY_MS = 24 * 3_600_000;

/** `/{number}/block_users`: people whose messages do not come through. Only who wrote in the last 24 h can be blocked. */
export function answerBlocked(call: GraphCall, state: NumberState): object {
  const { method, fields, id } = call;
  if (method === 'GET') {
    const data = [...state.blocked].map((user) => ({
      messaging_product: 'whatsapp',
      ...(isUserId(user) ? { user_id: user } : { wa_id: user }),
    }));
    return page(call, data);
  }
  if (method !== 'POST' && method !== 'DELETE') return refuseUnknown(method, id);
  if (fields.messaging_product !== 'whatsapp') refuse(100, "messaging_product must be 'whatsapp'");
  const users = Array.isArray(fields.block_users) ? (fields.block_users as unknown[]) : refuse(100, 'block_users must be a list');
  if (users.length === 0 || users.length > CALL_MAX) refuse(100, `block_users must have 1 to ${CALL_MAX} elements`);
  const [done, failed] = [[] as object[], [] as object[]];
  for (const user of users) {
    const input = isFields(user) ? (user.user ?? user.user_id) : undefined;
    if (typeof input !== 'string') refuse(100, 'Each of block_users needs user or user_id');
    const key = keyOf(input);
    const may = method === 'DELETE' ? state.blocked.delete(key) : block(call, state, key);
    if (may) done.push({ input, ...(isUserId(key) ? { user_id: key } : { wa_id: key }) });
    else
      failed.push({
        input,
        errors: [
          { code: 139101, message: 'Re-engagement required', error_data: { details: 'The user has not written in 24 hours.' } },
        ],
      });
  }
  const names = method === 'POST' ? 'added_users' : 'removed_users';
  return { messaging_product: 'whatsapp', block_users: { [names]: done, ...(failed.length > 0 && { failed_users: failed }) } };
}

function block({ world, now }: GraphCall, { number, blocked }: NumberState, key: string): boolean {
  if (blocked.size >= LIST_MAX) return false;
  const { phoneNumberId } = number;
  const person = world.people.find(phoneNumberId, key) ?? world.people.findByUserId(phoneNumberId, key);
  if (!person || now - world.chats.of(phoneNumberId, person.waId).lastFromCustomer >= DAY_MS) return false;
  blocked.add(key);
  return true;
}
