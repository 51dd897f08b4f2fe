import type { Content, ContentKind, Parts, ReceivedMedia } from './content.ts';
import { idOf, isJson, type Json, listOf, objectOf, objectsOf, textOf, wordsOf } from './read-json.ts';
import { readCard, readLocation, readOrder, readReferral, readReply, readSystem } from './read-parts.ts';

export interface ReadContent {
  content: Content;
  media?: ReceivedMedia;
}

type Reader = (inner: Json, raw: Json) => ReadContent | null;

const NOTHING: Parts = Object.freeze({});

/**
 * Reads what a message holds, of any type: `raw` is the message itself, with its content under a key named like the type. Pieces of wrong types are
 * left out; null when a known type lacks what it is made of. An edit gives the content it puts in place of the old. Never throws.
 */
export function readContent(type: string, raw: Json): ReadContent | null {
  if (type !== 'edit') return readPlain(type, raw);
  const edited = objectOf(objectOf(raw.edit).message);
  const inner = idOf(edited.type);
  // An edit of an edit does not exist: whoever sends one shall not make us recurse.
  return inner === undefined || inner === 'edit' ? null : readPlain(inner, edited);
}

function readPlain(type: string, raw: Json): ReadContent | null {
  if (type === 'text') return readText(raw);
  const read = READERS.get(type);
  const inner = raw[type];
  const content = read ? read(isJson(inner) ? inner : {}, raw) : unsupported(type);
  // Where WhatsApp itself says that something is missing, the message is shown as one it did not hand on.
  if (content === null) return listOf(raw.errors).length ? withExtras(unsupported(type), raw) : null;
  return withExtras(content, raw);
}

// Most messages are plain text: they take the shortest way.
function readText(raw: Json): ReadContent | null {
  const text = isJson(raw.text) ? textOf(raw.text.body) : undefined;
  if (text === undefined) return null;
  const content: ReadContent = { content: { kind: 'TEXT', text, parts: NOTHING } };
  return raw.context === undefined && raw.referral === undefined ? content : withExtras(content, raw);
}

/** Adds what a message of any type may carry: where it was forwarded from, the advertisement and the product it is about. */
function withExtras(read: ReadContent, raw: Json): ReadContent {
  const context = objectOf(raw.context);
  const parts: Parts = { ...read.content.parts };
  if (context.frequently_forwarded === true) parts.forwarded = 'OFTEN';
  else if (context.forwarded === true) parts.forwarded = 'ONCE';
  if (isJson(context.referred_product)) {
    const { catalog_id: catalog, product_retailer_id: product } = context.referred_product;
    parts.product = { catalogId: idOf(catalog), productId: wordsOf(product) ?? idOf(product) };
  }
  if (isJson(raw.referral)) parts.referral = readReferral(raw.referral);
  read.content.parts = parts;
  return read;
}

function only(kind: ContentKind, text: string | undefined, parts: Parts = NOTHING): ReadContent {
  return { content: { kind, text: text ?? null, parts } };
}

function unsupported(type: string | undefined): ReadContent {
  return only('UNSUPPORTED', undefined, type === undefined ? NOTHING : { unsupportedType: type });
}

const MIME_TYPE = /^[\x20-\x7e]{1,128}$/;

function mediaOf(kind: ContentKind): Reader {
  return (inner) => {
    const metaId = idOf(inner.id);
    if (metaId === undefined) return null;
    const mimeType = textOf(inner.mime_type) ?? '';
    const media: ReceivedMedia = { metaId, mimeType: MIME_TYPE.test(mimeType) ? mimeType : 'application/octet-stream' };
    const sha256 = idOf(inner.sha256);
    const fileName = wordsOf(inner.filename);
    if (sha256 !== undefined) media.sha256 = sha256;
    if (fileName !== undefined) media.fileName = fileName;
    if (inner.voice === true) media.isVoice = true;
    if (inner.animated === true) media.isAnimated = true;
    return { ...only(kind, wordsOf(inner.caption)), media };
  };
}

const READERS = new Map<string, Reader>([
  ['image', mediaOf('IMAGE')],
  ['video', mediaOf('VIDEO')],
  ['audio', mediaOf('AUDIO')],
  ['voice', readVoice],
  ['document', mediaOf('DOCUMENT')],
  ['sticker', mediaOf('STICKER')],
  ['location', readPlace],
  ['contacts', readCards],
  ['interactive', readInteractive],
  ['button', readButton],
  ['template', readTemplate],
  ['reaction', (inner) => only('REACTION', wordsOf(inner.emoji))],
  ['order', (inner) => only('ORDER', wordsOf(inner.text), { order: readOrder(inner) })],
  ['system', (inner) => only('SYSTEM', wordsOf(inner.body), { system: readSystem(inner) })],
  ['unsupported', (inner) => unsupported(wordsOf(inner.type))],
]);

function readVoice(inner: Json, raw: Json): ReadContent | null {
  const read = mediaOf('AUDIO')(inner, raw);
  if (read?.media) read.media.isVoice = true;
  return read;
}

function readPlace(inner: Json): ReadContent | null {
  const location = readLocation(inner);
  return location ? only('LOCATION', undefined, { location }) : null;
}

function readCards(_inner: Json, raw: Json): ReadContent | null {
  const cards = objectsOf(raw.contacts).map((card) => readCard(card, raw.origin));
  return cards.length ? only('CONTACTS', undefined, { cards }) : null;
}

function readInteractive(inner: Json): ReadContent | null {
  // One with a body offers something to tap on: such come back as echoes of what was sent.
  const body = wordsOf(objectOf(inner.body).text);
  if (body !== undefined) return only('INTERACTIVE', body, { interactive: { type: 'OTHER' } });
  const read = readReply(inner);
  return read ? only('INTERACTIVE', read.title, { reply: read.reply }) : null;
}

function readButton(inner: Json): ReadContent | null {
  const text = wordsOf(inner.text) ?? wordsOf(inner.payload);
  if (text === undefined) return null;
  return only('INTERACTIVE', text, { reply: { type: 'TEMPLATE_BUTTON', id: wordsOf(inner.payload) } });
}

/** Only echoes hold templates, and of them only the name. */
function readTemplate(inner: Json): ReadContent | null {
  const name = wordsOf(inner.name);
  const language = wordsOf(objectOf(inner.language).code);
  if (name === undefined || language === undefined) return null;
  return only('TEMPLATE', undefined, { template: { name, language: language.replace('-', '_'), buttons: [], values: {} } });
}
