import type { CardPart, InteractivePart } from './content.ts';
import type { MediaToSend, MessageToSend } from './message-to-send.ts';
import { headerMedia, writeLocation } from './write-header.ts';
import { writeTemplate } from './write-template.ts';

/**
 * The body of a send as JSON text, or null for what can never be sent: kinds that only customers send, and those without the file, place or people
 * they are made of. Says nothing about limits: `content-faults.ts` does.
 */
export function writeMessage(message: MessageToSend): string | null {
  const content = writeContent(message);
  if (content === null) return null;
  // Put together by hand: the frame never changes, only the strings are encoded.
  let body = '{"messaging_product":"whatsapp","recipient_type":"individual",';
  if (message.to !== undefined) body += `"to":${JSON.stringify(message.to.startsWith('+') ? message.to : `+${message.to}`)},`;
  else body += `"recipient":${JSON.stringify(message.recipient)},`;
  // A reaction belongs to its message already, and never answers one.
  if (message.replyToWamid !== undefined && message.content.kind !== 'REACTION')
    body += `"context":{"message_id":${JSON.stringify(message.replyToWamid)}},`;
  return `${body}${content},"biz_opaque_callback_data":${JSON.stringify(message.opaque)}}`;
}

function writeContent({ content, media, cardMedia, reactionTo }: MessageToSend): string | null {
  const { kind, text, parts } = content;
  switch (kind) {
    case 'TEXT':
      if (text === null) return null;
      return `"type":"text","text":{"body":${JSON.stringify(text)}${parts.previewUrl ? ',"preview_url":true' : ''}}`;
    case 'IMAGE':
    case 'VIDEO':
      return media ? typed(kind.toLowerCase(), { id: media.id, caption: text ?? undefined }) : null;
    case 'DOCUMENT':
      return media ? typed('document', { id: media.id, caption: text ?? undefined, filename: media.fileName }) : null;
    case 'AUDIO':
      return media ? typed('audio', { id: media.id, voice: media.isVoice || undefined }) : null;
    case 'STICKER':
      return media ? typed('sticker', { id: media.id }) : null;
    case 'LOCATION':
      return parts.location ? typed('location', writeLocation(parts.location)) : null;
    case 'CONTACTS':
      return parts.cards?.length ? typed('contacts', parts.cards.map(writeCard)) : null;
    case 'REACTION':
      return reactionTo === undefined ? null : typed('reaction', { message_id: reactionTo, emoji: text ?? '' });
    case 'INTERACTIVE': {
      const interactive = parts.interactive && writeInteractive(parts.interactive, text ?? '', media);
      return interactive ? typed('interactive', interactive) : null;
    }
    case 'TEMPLATE':
      return parts.template ? typed('template', writeTemplate(parts.template, media, cardMedia)) : null;
    default:
      return null;
  }
}

function typed(type: string, content: object): string {
  return `"type":"${type}","${type}":${JSON.stringify(content)}`;
}

function writeCard({ name, phones, emails, addresses, urls, organization, birthday }: CardPart): object {
  return {
    name: {
      formatted_name: name.formatted,
      first_name: name.first,
      last_name: name.last,
      middle_name: name.middle,
      prefix: name.prefix,
      suffix: name.suffix,
    },
    phones: filled(phones.map(({ phone, type, waId }) => ({ phone, type, wa_id: waId }))),
    emails: filled(emails.map(({ email, type }) => ({ email, type }))),
    addresses: filled(addresses.map(({ countryCode, ...address }) => ({ ...address, country_code: countryCode }))),
    urls: filled(urls.map(({ url, type }) => ({ url, type }))),
    org: organization,
    birthday,
  };
}

function filled<T>(list: T[]): T[] | undefined {
  return list.length ? list : undefined;
}

function writeInteractive(part: InteractivePart, body: string, media: MediaToSend | undefined): object | null {
  const action = writeAction(part);
  if (!action) return null;
  const text = part.header ? { type: 'text', text: part.header } : undefined;
  const header = media ? headerMedia(media) : text;
  const footer = part.footer ? { text: part.footer } : undefined;
  return { ...action, header, body: { text: body }, footer };
}

function writeAction({ type, buttons, button, sections, link }: InteractivePart): object | null {
  switch (type) {
    case 'BUTTONS': {
      const replies = buttons?.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }));
      return replies?.length ? { type: 'button', action: { buttons: replies } } : null;
    }
    case 'LIST':
      return button && sections?.length ? { type: 'list', action: { button, sections: sections.map(writeSection) } } : null;
    case 'LINK': {
      const parameters = link && { display_text: link.title, url: link.url };
      return parameters ? { type: 'cta_url', action: { name: 'cta_url', parameters } } : null;
    }
    case 'LOCATION_REQUEST':
      return { type: 'location_request_message', action: { name: 'send_location' } };
    default:
      return null;
  }
}

function writeSection({ title, rows }: NonNullable<InteractivePart['sections']>[number]): object {
  return { title, rows: rows.map(({ id, title: name, description }) => ({ id, title: name, description })) };
}
