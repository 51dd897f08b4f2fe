import { type GraphCall, page, pick, refuse, refuseUnknown } from './graph-call.ts';
import { newId } from './ids.ts';
import { NUMBER_FIELDS, describe, overrideWebhooks } from './number-http.ts';
import type { AccountState } from './number-state.ts';
import type { World } from './world.ts';

/** `/{account}`, its numbers and its subscriptions; templates are in `template-http.ts`. */
export function answerAccount(call: GraphCall, account: AccountState): object | Promise<object> {
  const { world, method, id, edge, query } = call;
  if (edge === undefined && method === 'GET')
    return pick(describeAccount(world, account), query.get('fields') ?? 'id,name,timezone_id');
  if (edge === 'phone_numbers' && method === 'GET') return numbers(call, account);
  if (edge === 'phone_numbers' && method === 'POST') return addNumber(call, account);
  if (edge === 'subscribed_apps') return subscriptions(call, account);
  return refuseUnknown(method, id);
}

function describeAccount(world: World, { wabaId, name, currency }: AccountState): Record<string, unknown> {
  const businessId = [...world.numbers.values()].find((number) => number.wabaId === wabaId)?.businessId ?? '3001';
  return {
    id: wabaId,
    name,
    timezone_id: '1',
    message_template_namespace: `namespace_${wabaId}`,
    currency,
    country: 'DE',
    account_review_status: 'APPROVED',
    business_verification_status: 'verified',
    ownership_type: 'SELF',
    status: 'ACTIVE',
    owner_business_info: { id: businessId, name },
    on_behalf_of_business_info: { id: businessId, name, status: 'APPROVED', type: 'SELF' },
    whatsapp_business_manager_messaging_limit: world.settings.messagingTier,
    health_status: {
      can_send_message: 'AVAILABLE',
      entities: [{ entity_type: 'WABA', id: wabaId, can_send_message: 'AVAILABLE' }],
    },
  };
}

function numbers(call: GraphCall, { wabaId }: AccountState): object {
  const { world, query } = call;
  const own = [...world.states.values()].filter(({ number }) => number.wabaId === wabaId);
  return page(
    call,
    own.map((state) => pick(describe(world, state), query.get('fields') ?? NUMBER_FIELDS)),
  );
}

/** A new number: it can send once it is verified and registered. */
function addNumber({ world, fields, token }: GraphCall, { wabaId }: AccountState): object {
  const { cc, phone_number: phone, verified_name: name } = fields;
  if (!/^\d{1,3}$/.test(String(cc)) || !/^\d{4,14}$/.test(String(phone))) refuse(100, 'cc and phone_number must be digits');
  if (typeof name !== 'string' || name.trim() === '') refuse(131008, 'verified_name is required');
  const displayPhone = `+${String(cc)} ${String(phone)}`;
  const taken = [...world.numbers.values()].some(
    (number) => number.displayPhone.replace(/\D/g, '') === displayPhone.replace(/\D/g, ''),
  );
  if (taken) refuse(100, 'The number is registered with an account already');
  const sibling = world.tokens.numbers(token).find((number) => number.wabaId === wabaId);
  const phoneNumberId = newId();
  world.addNumber({ phoneNumberId, displayPhone, name, wabaId, token, businessId: sibling?.businessId, app: sibling?.app });
  const state = world.states.get(phoneNumberId);
  if (state) Object.assign(state, { status: 'PENDING', codeVerification: 'NOT_VERIFIED', nameStatus: 'PENDING_REVIEW' });
  return { id: phoneNumberId };
}

async function subscriptions({ world, method, id, fields }: GraphCall, account: AccountState): Promise<object> {
  const { wabaId, name } = account;
  if (method === 'GET') {
    if (!account.isSubscribed) return { data: [] };
    const app = { id: world.webhooks.appOf(wabaId), link: 'https://shop.example/', name };
    const uri = world.webhooks.overrideOf(wabaId);
    return { data: [{ whatsapp_business_api_data: app, ...(uri !== undefined && { override_callback_uri: uri }) }] };
  }
  if (method !== 'POST' && method !== 'DELETE') return refuseUnknown(method, id);
  await overrideWebhooks(world, wabaId, wabaId, method === 'POST' ? fields : {});
  account.isSubscribed = method === 'POST';
  world.webhooks.mute(wabaId, !account.isSubscribed);
  return { success: true };
}
