import type { CardPart, Content, LocationPart } from './content.ts';
import { type ContentFault, Faults } from './content-fault.ts';
import { interactiveFaults } from './interactive-faults.ts';
import { CAPTION_MAX, CARDS_MAX, PLACE_MAX, TEXT_MAX } from './limits.ts';
import { type AttachedMedia, canBeVoice, headerKind, mediaFaults, type MediaKind } from './media-limits.ts';

/**
 * All that Meta would refuse about a message we want to send, counted in code points; none when it may go. Templates are checked against their
 * definition by `values-faults.ts`. Says nothing of windows and rates.
 */
export function contentFaults(content: Content, media?: AttachedMedia): ContentFault[] {
  const faults = new Faults();
  const { kind, text, parts } = content;
  switch (kind) {
    case 'TEXT':
      faults.needed('text', text, TEXT_MAX, 'The text');
      break;
    case 'IMAGE':
    case 'VIDEO':
    case 'DOCUMENT':
      faults.atMost('text', text, CAPTION_MAX, 'The caption');
      return [...faults.found, ...attached(kind, media, parts.file?.isVoice)];
    case 'AUDIO':
    case 'STICKER':
      if (text) faults.add('text', 'This kind of message has no caption.');
      return [...faults.found, ...attached(kind, media, parts.file?.isVoice)];
    case 'LOCATION':
      checkLocation(faults, 'location', parts.location);
      break;
    case 'CONTACTS':
      checkCards(faults, parts.cards);
      break;
    case 'REACTION':
      if (text && !isEmoji(text)) faults.add('text', 'A reaction is one emoji.');
      break;
    case 'INTERACTIVE':
      return interactiveFaults(content, media);
    case 'TEMPLATE':
      if (!parts.template?.name || !parts.template.language) faults.add('template', 'Choose a template.');
      if (media) faults.found.push(...mediaFaults({ ...media, kind: headerKind(media) }));
      break;
    default:
      faults.add('kind', 'This kind of message cannot be sent.');
  }
  return faults.found;
}

function attached(kind: MediaKind, media: AttachedMedia | undefined, isVoice: boolean | undefined): ContentFault[] {
  if (!media) return [{ code: 'BAD_INPUT', path: ['media'], message: 'Choose a file.' }];
  const found = mediaFaults({ ...media, kind });
  if (found.length || !isVoice || canBeVoice({ kind, mimeType: media.mimeType })) return found;
  const message = 'A voice message is OGG with Opus: send this file without `isVoice`.';
  return [{ code: 'MEDIA_TYPE_NOT_ALLOWED', path: ['media', 'isVoice'], message }];
}

/** A place that WhatsApp can show. */
export function checkLocation(faults: Faults, path: string, location: LocationPart | undefined): void {
  if (!location) return faults.add(path, 'Choose a place.');
  const { latitude, longitude, name, address } = location;
  if (!(Math.abs(latitude) <= 90)) faults.add(`${path}.latitude`, 'A latitude lies between -90 and 90.');
  if (!(Math.abs(longitude) <= 180)) faults.add(`${path}.longitude`, 'A longitude lies between -180 and 180.');
  faults.atMost(`${path}.name`, name, PLACE_MAX, 'The name of the place');
  faults.atMost(`${path}.address`, address, PLACE_MAX, 'The address of the place');
}

function checkCards(faults: Faults, cards: readonly CardPart[] = []): void {
  if (cards.length === 0) faults.add('cards', 'Choose a contact.');
  if (cards.length > CARDS_MAX) faults.add('cards', `A message takes up to ${CARDS_MAX} contacts.`);
  for (const [index, { name, phones }] of cards.entries()) {
    const { formatted, first, last, middle, prefix, suffix } = name;
    if (!formatted.trim()) faults.add(`cards.${index}.name.formatted`, 'The name of the contact is missing.');
    else if (![first, last, middle, prefix, suffix].some((part) => part?.trim()))
      faults.add(`cards.${index}.name`, 'Give the first or the last name of the contact as well.');
    for (const [at, { phone }] of phones.entries())
      if (!phone.trim()) faults.add(`cards.${index}.phones.${at}.phone`, 'The phone of the contact is missing.');
  }
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3/u;

function isEmoji(text: string): boolean {
  if (text.length > 64) return false;
  return [...GRAPHEMES.segment(text)].length === 1 && EMOJI.test(text);
}
