import type { InteractiveKind, MessageKind, TemplateButtonKind, ThreadMessageFragment } from '#lib/gql/graphql.ts';
import type { MediaView } from '#lib/message/media-view.ts';
import { expected, type OutboxContent, type OutboxFile, type ShownTemplateButton } from './outbox-content.ts';
import type { OutboxEntry } from './outbox-entry.ts';

type Entry = Pick<OutboxEntry, 'key' | 'at' | 'content'>;

/** What an entry looks like as the message it will be; `previewUrl` shows a file that lies in this browser. */
export function shownEntry({ key, at, content }: Entry, previewUrl: string | null): ThreadMessageFragment {
  const { kind, text } = expected(content);
  return {
    ...nothing,
    id: key,
    kind: kind as MessageKind,
    text,
    sentAt: at,
    createdAt: at,
    ...partsOf(content, key, previewUrl),
  };
}

const nothing = {
  direction: 'OUTBOUND',
  status: 'QUEUED',
  attempt: 1,
  editedAt: null,
  revokedAt: null,
  isForwarded: null,
  scheduledAt: null,
  timeZone: null,
  holdReason: null,
  isAssessed: false,
  author: null,
  failure: null,
  replyTo: null,
  media: null,
  location: null,
  contactCards: null,
  interactive: null,
  reply: null,
  template: null,
  order: null,
  system: null,
  unsupportedType: null,
  referral: null,
  reactions: null,
  cost: null,
} as const satisfies Partial<ThreadMessageFragment>;

function partsOf(content: OutboxContent, key: string, previewUrl: string | null): Partial<ThreadMessageFragment> {
  switch (content.kind) {
    case 'MEDIA':
      return { media: mediaOf(content.file, key, previewUrl) };
    case 'LOCATION': {
      const { latitude, longitude, name = null, address = null } = content.location;
      return { location: { latitude, longitude, name, address, url: null } };
    }
    case 'CONTACTS':
      return { contactCards: [cardOf(content.card)] };
    case 'INTERACTIVE':
      return { interactive: interactiveOf(content.interactive) };
    case 'TEMPLATE': {
      const { text: _text, buttons, cards = [], offer = null, ...rest } = content.shown;
      const shown = (all: readonly ShownTemplateButton[]) =>
        all.map(({ type, ...button }) => ({ ...button, type: type as TemplateButtonKind }));
      const shownCards = cards.map((card) => ({ text: card.text, media: null, buttons: shown(card.buttons) }));
      return { template: { ...rest, offer, headerLocation: null, buttons: shown(buttons), cards: shownCards } };
    }
    default:
      return {};
  }
}

function mediaOf(file: OutboxFile, key: string, previewUrl: string | null): MediaView {
  const { mediaKind, mimeType, width, height, durationMs, isVoice, name, size } = file;
  // A document is named by its card, and there is nothing to fetch again.
  const url = mediaKind === 'DOCUMENT' ? null : previewUrl;
  const status = url === null && mediaKind !== 'DOCUMENT' ? 'FETCHING' : 'STORED';
  const facts = { mimeType, width, height, durationMs, isVoice, isAnimated: false, faultCode: null };
  return { ...facts, id: key, kind: mediaKind, status, url, thumbnailUrl: null, fileName: name, size };
}

function cardOf({ formattedName, phones, company = null }: Extract<OutboxContent, { kind: 'CONTACTS' }>['card']) {
  const shown = (phones ?? []).map(({ phone, type = null }) => ({ phone, type }));
  const rest = { jobTitle: null, birthday: null, emails: null, urls: null, addresses: null };
  return { formattedName, company, phones: shown, ...rest };
}

function interactiveOf(interactive: Extract<OutboxContent, { kind: 'INTERACTIVE' }>['interactive']) {
  const { type, header = null, footer = null, button = null, buttons, sections, link } = interactive;
  return {
    type: type as InteractiveKind,
    header,
    footer,
    button,
    buttons: buttons?.map(({ id, title }) => ({ id: String(id), title })) ?? null,
    sections:
      sections?.map(({ title = null, rows }) => ({
        title,
        rows: rows.map((row) => ({ id: String(row.id), title: row.title, description: row.description ?? null })),
      })) ?? null,
    link: link ? { title: link.title, url: link.url } : null,
  };
}
