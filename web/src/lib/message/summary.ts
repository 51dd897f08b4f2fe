import type { MessageSummaryFragment } from '#lib/gql/graphql.ts';
import type { MessageKey } from '#lib/i18n/catalogue.ts';
import { plainText } from './rich-text.ts';

export type Summarised = Pick<MessageSummaryFragment, 'kind' | 'text'> & Partial<MessageSummaryFragment>;

export type SummaryIcon =
  | 'photo'
  | 'video'
  | 'voice'
  | 'sound'
  | 'file'
  | 'sticker'
  | 'place'
  | 'person'
  | 'template'
  | 'tapped'
  | 'offer'
  | 'order'
  | 'note'
  | 'gone'
  | 'unknown';

/** One line about a message: the sentence of its kind in the reader's language, how long it plays, and what people wrote. */
export interface Summary {
  icon: SummaryIcon | null;
  label: SummaryLabel | null;
  /** Fills in the label, where it counts. */
  count?: number;
  durationMs?: number;
  text: string | null;
}

export type SummaryLabel = Extract<MessageKey, `summary.${string}`>;

/** What the list and a quote say of a message. */
export function summaryOf(message: Summarised): Summary {
  const text = message.text ? plainText(message.text) : null;
  if (message.revokedAt) return { icon: 'gone', label: 'summary.gone', text: null };
  switch (message.kind) {
    case 'TEXT':
      return text === null ? { icon: 'unknown', label: 'summary.unknown', text: null } : { icon: null, label: null, text };
    case 'IMAGE':
      return { icon: 'photo', label: 'summary.photo', text };
    case 'VIDEO':
      return { icon: 'video', label: 'summary.video', text };
    case 'AUDIO':
      return soundOf(message, text);
    case 'DOCUMENT':
      return { icon: 'file', label: 'summary.file', text };
    case 'STICKER':
      return { icon: 'sticker', label: 'summary.sticker', text: null };
    case 'LOCATION':
      return { icon: 'place', label: 'summary.place', text: message.location?.name ?? message.location?.address ?? null };
    case 'CONTACTS':
      return peopleOf(message);
    case 'INTERACTIVE':
      return tappedOrOffered(message, text);
    case 'TEMPLATE':
      return { icon: 'template', label: text === null ? 'summary.template' : null, text };
    case 'ORDER':
      return { icon: 'order', label: 'summary.order', count: pieces(message), text };
    case 'SYSTEM':
      return systemOf(message, text);
    case 'UNSUPPORTED':
      return { icon: 'unknown', label: 'summary.unsupported', text: null };
    case 'REACTION':
      return { icon: null, label: null, text };
  }
}

function soundOf({ media }: Summarised, text: string | null): Summary {
  const durationMs = media?.durationMs ?? undefined;
  const isVoice = media?.isVoice === true;
  return {
    icon: isVoice ? 'voice' : 'sound',
    label: isVoice ? 'summary.voice' : 'summary.sound',
    ...(durationMs !== undefined && { durationMs }),
    text,
  };
}

function peopleOf({ contactCards }: Summarised): Summary {
  const names = (contactCards ?? []).map(({ formattedName }) => formattedName).filter((name) => name != null);
  if (names.length > 1) return { icon: 'person', label: 'summary.people', count: names.length, text: names.join(', ') };
  return { icon: 'person', label: 'summary.person', text: names[0] ?? null };
}

function tappedOrOffered({ reply, interactive }: Summarised, text: string | null): Summary {
  if (!reply) return { icon: interactive ? 'offer' : 'unknown', label: text === null ? 'summary.offer' : null, text };
  return reply.type === 'FORM' ? { icon: 'tapped', label: 'summary.form', text } : { icon: 'tapped', label: null, text };
}

function systemOf({ system }: Summarised, text: string | null): Summary {
  if (system?.type === 'NUMBER_CHANGED' || system?.type === 'USER_ID_CHANGED')
    return { icon: 'note', label: `summary.${system.type}`, text: null };
  return { icon: 'note', label: text === null ? 'summary.system' : null, text };
}

function pieces({ order }: Summarised): number {
  return (order?.items ?? []).reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
}
