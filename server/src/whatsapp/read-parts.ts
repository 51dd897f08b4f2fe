import type { CardOrigin, CardPart, LocationPart, OrderPart, ReferralPart, ReplyPart, SystemPart } from './content.ts';
import { idOf, isJson, type Json, numberOf, objectOf, objectsOf, unixMs, wordsOf } from './read-json.ts';

/** A place on earth, or undefined without valid coordinates. */
export function readLocation(raw: unknown): LocationPart | undefined {
  if (!isJson(raw)) return undefined;
  const latitude = numberOf(raw.latitude);
  const longitude = numberOf(raw.longitude);
  if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return { latitude, longitude, name: wordsOf(raw.name), address: wordsOf(raw.address), url: wordsOf(raw.url) };
}

/** One card of a contacts message: names, phones and the rest, each piece only where it has the right type. `beside` is the origin of the whole message. */
export function readCard(raw: Json, beside?: unknown): CardPart {
  const org = objectOf(raw.org);
  const organization = { company: wordsOf(org.company), department: wordsOf(org.department), title: wordsOf(org.title) };
  const card: CardPart = {
    name: readCardName(objectOf(raw.name)),
    phones: objectsOf(raw.phones).flatMap(({ phone, wa_id: waId, type }) => {
      const number = wordsOf(phone) ?? idOf(waId);
      return number === undefined ? [] : [{ phone: number, type: wordsOf(type), waId: idOf(waId) }];
    }),
    emails: objectsOf(raw.emails).flatMap(({ email, type }) => {
      const address = wordsOf(email);
      return address === undefined ? [] : [{ email: address, type: wordsOf(type) }];
    }),
    addresses: objectsOf(raw.addresses).map(readAddress),
    urls: objectsOf(raw.urls).flatMap(({ url, type }) => {
      const address = wordsOf(url);
      return address === undefined ? [] : [{ url: address, type: wordsOf(type) }];
    }),
  };
  if (organization.company ?? organization.department ?? organization.title) card.organization = organization;
  if (typeof raw.birthday === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(raw.birthday)) card.birthday = raw.birthday;
  const origin = originOf(raw.origin) ?? originOf(beside);
  if (origin) card.origin = origin;
  return card;
}

function originOf(word: unknown): CardOrigin | undefined {
  if (word === 'contact_request') return 'CONTACT_REQUEST';
  return wordsOf(word) === undefined ? undefined : 'OTHER';
}

function readCardName(raw: Json): CardPart['name'] {
  const first = wordsOf(raw.first_name);
  const last = wordsOf(raw.last_name);
  return {
    formatted: wordsOf(raw.formatted_name) ?? [first, last].filter(Boolean).join(' '),
    first,
    last,
    middle: wordsOf(raw.middle_name),
    prefix: wordsOf(raw.prefix),
    suffix: wordsOf(raw.suffix),
  };
}

function readAddress(raw: Json): CardPart['addresses'][number] {
  return {
    street: wordsOf(raw.street),
    city: wordsOf(raw.city),
    state: wordsOf(raw.state),
    zip: wordsOf(raw.zip),
    country: wordsOf(raw.country),
    countryCode: wordsOf(raw.country_code),
    type: wordsOf(raw.type),
  };
}

/** What was tapped on and its title; ids are free text, as we chose them. Undefined for what offers something to tap on itself. */
export function readReply(raw: Json): { title?: string; reply: ReplyPart } | undefined {
  const type = wordsOf(raw.type);
  const inner = objectOf(type === undefined ? undefined : raw[type]);
  switch (type) {
    case undefined:
      return undefined;
    case 'button_reply':
      return { title: wordsOf(inner.title), reply: { type: 'BUTTON', id: wordsOf(inner.id) } };
    case 'list_reply': {
      const reply: ReplyPart = { type: 'LIST', id: wordsOf(inner.id), description: wordsOf(inner.description) };
      return { title: wordsOf(inner.title), reply };
    }
    case 'nfm_reply': {
      const reply: ReplyPart = { type: 'FORM', name: wordsOf(inner.name), answers: wordsOf(inner.response_json) };
      return { title: wordsOf(inner.body), reply };
    }
    case 'call_permission_reply':
      return { reply: readCallPermission(inner) };
    default:
      return { title: wordsOf(inner.title), reply: { type: 'OTHER', name: type, answers: jsonText(raw[type]) } };
  }
}

function readCallPermission(inner: Json): ReplyPart {
  const reply: ReplyPart = { type: 'CALL_PERMISSION', name: wordsOf(inner.response) };
  if (typeof inner.is_permanent === 'boolean') reply.isPermanent = inner.is_permanent;
  return { ...reply, expiresAt: unixMs(inner.expiration_timestamp), source: wordsOf(inner.response_source) };
}

/** JSON text of something of unknown depth, which may be more than the encoder bears. */
function jsonText(value: unknown): string | undefined {
  try {
    return wordsOf(JSON.stringify(value));
  } catch {
    return undefined;
  }
}

export function readOrder(raw: Json): OrderPart {
  const items = objectsOf(raw.product_items).flatMap((item) => {
    const productId = wordsOf(item.product_retailer_id) ?? idOf(item.product_retailer_id);
    if (productId === undefined) return [];
    const quantity = numberOf(item.quantity) ?? 1;
    return [{ productId, quantity, price: numberOf(item.item_price) ?? 0, currency: wordsOf(item.currency) ?? '' }];
  });
  return { catalogId: idOf(raw.catalog_id) ?? '', items };
}

const SYSTEM_TYPES = new Map<unknown, SystemPart['type']>([
  ['user_changed_number', 'NUMBER_CHANGED'],
  ['customer_changed_number', 'NUMBER_CHANGED'],
  ['user_changed_user_id', 'USER_ID_CHANGED'],
]);

/** What changed about a person; phones as WhatsApp writes them, digits without a plus. */
export function readSystem(raw: Json): SystemPart {
  return {
    type: SYSTEM_TYPES.get(raw.type) ?? 'OTHER',
    newPhone: idOf(raw.wa_id) ?? idOf(raw.new_wa_id),
    newUserId: idOf(raw.user_id),
    newParentUserId: idOf(raw.parent_user_id),
    previousUserId: idOf(raw.previous_user_id),
    previousParentUserId: idOf(raw.previous_parent_user_id),
  };
}

export function readReferral(raw: Json): ReferralPart {
  return {
    url: wordsOf(raw.source_url),
    sourceId: idOf(raw.source_id),
    sourceType: wordsOf(raw.source_type),
    headline: wordsOf(raw.headline),
    body: wordsOf(raw.body),
    mediaType: wordsOf(raw.media_type),
    mediaUrl: wordsOf(raw.image_url) ?? wordsOf(raw.video_url),
    thumbnailUrl: wordsOf(raw.thumbnail_url),
    clickId: wordsOf(raw.ctwa_clid),
    welcomeText: wordsOf(objectOf(raw.welcome_message).text),
  };
}
