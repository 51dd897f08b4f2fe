import { RuleBroken } from '../../platform/user-errors.ts';
import type { LocationInput } from '../../templates/location-input.ts';
import type { TemplateInput } from '../../templates/template-input.ts';
import type { CardPart, Content, InteractivePart, LocationPart } from '../../whatsapp/content.ts';
import type { SendContactCardInput } from './contact-card-input.ts';
import type { SendInteractiveInput } from './interactive-input.ts';
import type { SendMediaInput } from './media-input.ts';
import type { SendReactionInput } from './reaction-input.ts';

/** What a message shall hold, as it was asked for. */
export interface ContentAsked {
  text?: string | null;
  hasPreview?: boolean | null;
  media?: SendMediaInput | null;
  template?: TemplateInput | null;
  interactive?: SendInteractiveInput | null;
  reaction?: SendReactionInput | null;
  location?: LocationInput | null;
  contactCards?: SendContactCardInput[] | null;
}

/** The one content of a message before anything of it was looked up. */
export interface ContentRead {
  /** Of a file the kind is `DOCUMENT` until the file is known; of a template all is missing. */
  content: Content;
  mediaId?: string;
  /** Of a carousel: the files of its cards. */
  cardMediaIds?: string[];
  reactionToId?: string;
  template?: TemplateInput;
  isFile?: boolean;
}

const CONTENTS = ['text', 'media', 'template', 'interactive', 'reaction', 'location', 'contactCards'] as const;

/** Reads the content that was asked for. Throws BAD_INPUT unless it is exactly one. */
export function readContent(asked: ContentAsked): ContentRead {
  const given = CONTENTS.filter((name) => asked[name] !== undefined && asked[name] !== null);
  const [name] = given;
  if (!name) throw new RuleBroken('BAD_INPUT', 'Write something first.', ['text']);
  if (given.length > 1)
    throw new RuleBroken('BAD_INPUT', `A message holds one content, not ${given.join(' and ')}.`, [given[1] as string]);
  if (asked.media) return readMedia(asked.media);
  if (asked.template) return { content: { kind: 'TEMPLATE', text: null, parts: {} }, template: asked.template };
  if (asked.interactive) return readInteractive(asked.interactive);
  if (asked.reaction) {
    const { messageId, emoji } = asked.reaction;
    return { content: { kind: 'REACTION', text: emoji || null, parts: {} }, reactionToId: messageId };
  }
  if (asked.location) return { content: { kind: 'LOCATION', text: null, parts: { location: readLocation(asked.location) } } };
  if (asked.contactCards)
    return { content: { kind: 'CONTACTS', text: null, parts: { cards: asked.contactCards.map(readCard) } } };
  return { content: { kind: 'TEXT', text: asked.text ?? '', parts: asked.hasPreview ? { previewUrl: true } : {} } };
}

function readMedia({ mediaId, caption, isVoice, fileName }: SendMediaInput): ContentRead {
  // Said to be no voice message, an upload that is one goes as plain sound.
  const voice = isVoice === undefined || isVoice === null ? {} : { isVoice };
  const file = { ...(fileName?.trim() && { name: fileName.trim() }), ...voice };
  const parts = Object.keys(file).length ? { file } : {};
  return { content: { kind: 'DOCUMENT', text: caption?.trim() ? caption : null, parts }, mediaId, isFile: true };
}

function readInteractive(asked: SendInteractiveInput): ContentRead {
  const { type, header, headerMediaId, body, footer, buttons, button, sections, link } = asked;
  const interactive: InteractivePart = {
    type,
    ...(header && { header }),
    ...(footer && { footer }),
    ...(buttons && { buttons: buttons.map(({ id, title }) => ({ id, title })) }),
    ...(button && { button }),
    ...(sections && { sections: sections.map(({ title, rows }) => ({ ...(title && { title }), rows: rows.map(readRow) })) }),
    ...(link && { link: { title: link.title, url: link.url } }),
  };
  return {
    content: { kind: 'INTERACTIVE', text: body, parts: { interactive } },
    ...(headerMediaId && { mediaId: headerMediaId }),
  };
}

function readRow({ id, title, description }: { id: string; title: string; description?: string }) {
  return { id, title, ...(description && { description }) };
}

export function readLocation({ latitude, longitude, name, address }: LocationInput): LocationPart {
  return { latitude, longitude, ...(name && { name }), ...(address && { address }) };
}

function readCard(card: SendContactCardInput): CardPart {
  const { formattedName, firstName, lastName, phones, emails, addresses, urls, company, jobTitle, birthday } = card;
  return {
    // Meta wants a second part of the name beside the whole one.
    name: {
      formatted: formattedName,
      ...(firstName || !lastName ? { first: firstName || formattedName } : {}),
      ...(lastName && { last: lastName }),
    },
    phones: (phones ?? []).map((one) => filled(one)),
    emails: (emails ?? []).map((one) => filled(one)),
    addresses: (addresses ?? []).map((one) => filled(one)),
    urls: (urls ?? []).map((one) => filled(one)),
    ...((company || jobTitle) && { organization: { ...(company && { company }), ...(jobTitle && { title: jobTitle }) } }),
    ...(birthday && { birthday }),
  };
}

/** Without what was left empty. */
function filled<T extends object>(part: T): T {
  return Object.fromEntries(
    Object.entries(part).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as T;
}
