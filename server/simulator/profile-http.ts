import { type GraphCall, pick, refuse, refuseUnknown } from './graph-call.ts';
import type { NumberState } from './number-state.ts';
import { type Check, list, object, oneOf, string } from './shapes.ts';
import type { World } from './world.ts';

const VERTICALS = [
  'UNDEFINED',
  'OTHER',
  'AUTO',
  'BEAUTY',
  'APPAREL',
  'EDU',
  'ENTERTAIN',
  'EVENT_PLAN',
  'FINANCE',
  'GROCERY',
  'GOVT',
  'HOTEL',
  'HEALTH',
  'NONPROFIT',
  'PROF_SERVICES',
  'RETAIL',
  'TRAVEL',
  'RESTAURANT',
  'ALCOHOL',
  'ONLINE_GAMBLING',
  'PHYSICAL_GAMBLING',
  'OTC_DRUGS',
  'NOT_A_BIZ',
];
const FIELDS: Record<string, Check> = {
  'about?': string(139),
  'address?': string(256, true),
  'description?': string(512, true),
  'email?': string(128, true),
  'websites?': list(string(256, true), 0, 2),
  'vertical?': oneOf(...VERTICALS),
  'profile_picture_handle?': string(10_000),
};
const profile = object({ messaging_product: oneOf('whatsapp'), 'access_token?': string(10_000), ...FIELDS });

/** `/{number}/whatsapp_business_profile`: how the number presents itself. */
export function answerProfile({ world, method, id, query, fields }: GraphCall, state: NumberState): object {
  if (method === 'GET') {
    const asked = query.get('fields') ?? 'messaging_product';
    const { id: _, ...data } = pick({ ...state.profile, messaging_product: 'whatsapp' }, `${asked},messaging_product`);
    return { data: [data] };
  }
  if (method !== 'POST') return refuseUnknown(method, id);
  const wrong = profile(fields, 'profile');
  if (wrong) refuse(wrong.code === 131008 ? 131008 : 100, wrong.details);
  const { messaging_product: _, profile_picture_handle: handle, access_token: __, ...changes } = fields;
  Object.assign(state.profile, changes);
  if (handle !== undefined) state.profile.profile_picture_url = pictureOf(world, String(handle));
  return { success: true };
}

function pictureOf(world: World, handle: string): string {
  const upload = world.uploads.byHandle(handle);
  if (!upload?.mimeType.startsWith('image/')) refuse(100, 'profile_picture_handle is no handle of a picture');
  return `${world.url}/sample/${encodeURIComponent(handle)}`;
}
