import { answerBlocked } from './block-http.ts';
import { type GraphCall, pick, refuse, refuseUnknown } from './graph-call.ts';
import type { NumberState } from './number-state.ts';
import { answerProfile } from './profile-http.ts';
import { isFields } from './shapes.ts';
import type { World } from './world.ts';

export const NUMBER_FIELDS = 'id,display_phone_number,verified_name,quality_rating,code_verification_status';

/** `/{number}` and what belongs to it, files and messages aside. */
export function answerNumber(call: GraphCall, state: NumberState): object | Promise<object> {
  const { method, edge, query, world, id } = call;
  if (edge === undefined && method === 'GET') return pick(describe(world, state), query.get('fields') ?? NUMBER_FIELDS);
  if (edge === 'whatsapp_business_profile') return answerProfile(call, state);
  if (edge === 'block_users') return answerBlocked(call, state);
  if (edge === 'username') return answerUsername(call, state);
  if (method !== 'POST') return edge === 'settings' ? pick(settingsOf(state), 'user_identity_change') : refuseUnknown(method, id);
  switch (edge) {
    case undefined:
      return change(call, state);
    case 'register':
      return register(call, state);
    case 'deregister':
      return deregister(call, state);
    case 'request_code':
      return requestCode(call);
    case 'verify_code':
      return verifyCode(call, state);
    case 'settings':
      return changeSettings(call, state);
    default:
      return refuseUnknown(method, id);
  }
}

/** All fields of a number. */
export function describe(world: World, state: NumberState): Record<string, unknown> {
  const { number, status } = state;
  const { phoneNumberId, wabaId } = number;
  const canSend = status === 'CONNECTED' ? 'AVAILABLE' : 'BLOCKED';
  const entities = [
    { entity_type: 'PHONE_NUMBER', id: phoneNumberId, can_send_message: canSend },
    { entity_type: 'WABA', id: wabaId, can_send_message: 'AVAILABLE' },
    { entity_type: 'BUSINESS', id: number.businessId ?? '3001', can_send_message: 'AVAILABLE' },
    { entity_type: 'APP', id: world.webhooks.appOf(wabaId), can_send_message: 'AVAILABLE' },
  ];
  return {
    id: phoneNumberId,
    display_phone_number: number.displayPhone,
    verified_name: number.name,
    quality_rating: state.quality,
    code_verification_status: state.codeVerification,
    name_status: state.nameStatus,
    new_name_status: state.newNameStatus,
    status,
    platform_type: state.isRegistered ? 'CLOUD_API' : 'NOT_APPLICABLE',
    account_mode: state.accountMode,
    throughput: { level: state.throughput },
    is_official_business_account: state.isOfficial,
    is_on_biz_app: state.isOnBizApp,
    is_pin_enabled: state.pin !== undefined,
    last_onboarded_time: '2026-01-15T09:30:00+0000',
    username: state.username,
    webhook_configuration: webhooksOf(world, state),
    health_status: { can_send_message: canSend, entities },
    whatsapp_business_manager_messaging_limit: world.settings.messagingTier,
  };
}

function webhooksOf({ webhooks }: World, { number }: NumberState): Record<string, string> {
  const given = {
    application: webhooks.url(number.wabaId),
    whatsapp_business_account: webhooks.overrideOf(number.wabaId),
    phone_number: webhooks.overrideOf(number.phoneNumberId),
  };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Sets the PIN, or sends this number's webhooks elsewhere. */
async function change({ world, fields }: GraphCall, state: NumberState): Promise<object> {
  const { pin, webhook_configuration: webhooks } = fields;
  if (pin !== undefined) state.pin = pinOf(pin);
  if (webhooks !== undefined) {
    if (!isFields(webhooks)) refuse(100, 'webhook_configuration must be an object');
    const { number } = state;
    await overrideWebhooks(world, number.phoneNumberId, number.wabaId, webhooks);
  }
  return { success: true };
}

/** Sends webhooks of field `messages` to another address, which has to pass the handshake; an empty one takes that back. */
export async function overrideWebhooks(
  world: World,
  key: string,
  wabaId: string,
  fields: Record<string, unknown>,
): Promise<void> {
  const { override_callback_uri: uri, verify_token: token } = fields;
  if (uri === '' || uri === undefined) return void (await world.webhooks.override(key, wabaId, undefined));
  if (typeof uri !== 'string' || !URL.canParse(uri)) refuse(100, 'override_callback_uri must be an address');
  if (typeof token !== 'string' || token === '') refuse(100, 'verify_token is required');
  if (!(await world.webhooks.override(key, wabaId, uri, token))) refuse(100, 'The callback address could not be verified');
}

function register({ fields, now }: GraphCall, state: NumberState): object {
  if (fields.messaging_product !== 'whatsapp') refuse(100, "messaging_product must be 'whatsapp'");
  const pin = pinOf(fields.pin);
  if (!state.mayRegister(now)) refuse(133016, 'Too many attempts to register this number; wait 72 hours');
  if (state.codeVerification !== 'VERIFIED') refuse(133006, 'The number has to be verified first');
  const fault = state.pinFault(pin, now);
  if (fault) refuse(fault, fault === 133005 ? 'The PIN is wrong' : 'Too many wrong PINs; wait an hour');
  state.pin = pin;
  state.status = 'CONNECTED';
  return { success: true };
}

function deregister({ now }: GraphCall, state: NumberState): object {
  if (state.isOnBizApp) refuse(100, 'A number shared with the WhatsApp Business app is disconnected in the app');
  if (!state.isRegistered) refuse(133010, 'The number is not registered');
  if (!state.mayRegister(now)) refuse(133016, 'Too many attempts; wait 72 hours');
  state.status = 'DISCONNECTED';
  return { success: true };
}

function requestCode({ fields }: GraphCall): object {
  if (fields.code_method !== 'SMS' && fields.code_method !== 'VOICE') refuse(100, 'code_method must be SMS or VOICE');
  if (typeof fields.language !== 'string') refuse(131008, 'language is required');
  return { success: true };
}

/** Any six digits will do but 000000. */
function verifyCode({ fields }: GraphCall, state: NumberState): object {
  const code = String(fields.code ?? '');
  if (!/^\d{6}$/.test(code) || code === '000000') refuse(136025, 'The code is wrong');
  state.codeVerification = 'VERIFIED';
  return { success: true };
}

function changeSettings({ fields }: GraphCall, state: NumberState): object {
  const asked = fields.user_identity_change;
  if (!isFields(asked) || typeof asked.enable_identity_key_check !== 'boolean')
    refuse(100, 'user_identity_change.enable_identity_key_check must be a boolean');
  state.number.checksIdentity = asked.enable_identity_key_check;
  return { success: true };
}

function settingsOf({ number }: NumberState): Record<string, unknown> {
  return { id: number.phoneNumberId, user_identity_change: { enable_identity_key_check: number.checksIdentity ?? false } };
}

function answerUsername({ method, fields, world }: GraphCall, state: NumberState): object {
  const { wabaId, displayPhone } = state.number;
  if (method === 'GET') return { data: state.username === undefined ? [] : [{ username: state.username, status: 'approved' }] };
  const { username } = fields;
  if (method === 'POST') {
    if (typeof username !== 'string' || !/^[a-z0-9._]{3,35}$/.test(username))
      refuse(100, 'username: 3 to 35 letters, digits, . and _');
    state.username = username;
  } else state.username = undefined;
  const value = { display_phone_number: displayPhone.replace(/\D/g, ''), username: state.username };
  const status = state.username === undefined ? 'deleted' : 'approved';
  void world.webhooks.post({
    wabaId,
    field: 'business_username_update',
    value: { ...value, status },
    time: Math.floor(world.now() / 1000),
  });
  return { success: true };
}

function pinOf(pin: unknown): string {
  const text = typeof pin === 'number' ? String(pin) : pin;
  return typeof text === 'string' && /^\d{6}$/.test(text) ? text : refuse(100, 'pin must be six digits');
}
