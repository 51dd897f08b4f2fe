import type { ChatMessage } from './simulator-api.ts';

/** Something to tap on; those that only open something on the phone are not answered. */
export interface Tappable {
  index: number;
  text: string;
  isAnswered: boolean;
  description?: string;
}

/** A message with more than text, as the customer's phone lays it out. */
export interface Offer {
  header: string | null;
  body: string;
  footer: string | null;
  buttons: Tappable[];
  /** Rows behind a button that opens them, apart by their sections' titles. */
  list: { title: string; sections: { title: string; rows: Tappable[] }[] } | null;
  cards: { file: OfferedFile | null; body: string; buttons: Tappable[] }[];
  /** What is offered for a while; unix ms. */
  limited: { text: string; expiresAt: number | null; code: string | null } | null;
}

/** A file above a text: the id of its upload. */
export interface OfferedFile {
  id: string;
  kind: string;
}

type Fields = Record<string, unknown>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const items = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fields) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const textOr = (value: unknown): string | null => text(value) || null;

/** What a template or an interactive message offers; null for other messages. */
export function offerOf({ type, content, text: body }: ChatMessage): Offer | null {
  if (type === 'template') return templateOffer(fields(content), body);
  if (type === 'interactive') return interactiveOffer(fields(content), body);
  return null;
}

function templateOffer(shown: Fields, body: string): Offer {
  const header = fields(shown['header']);
  return {
    header: typeof shown['header'] === 'string' ? textOr(shown['header']) : textOr(header['text']),
    body: text(shown['body']) || body,
    footer: textOr(shown['footer']),
    buttons: templateButtons(shown),
    list: null,
    cards: items(shown['cards']).map((card) => ({
      file: fileOf(fields(card['header'])),
      body: text(card['body']),
      buttons: templateButtons(card),
    })),
    limited: limitedOf(shown),
  };
}

function fileOf({ type, media }: Fields): OfferedFile | null {
  const id = text(fields(media)['id']);
  return id ? { id, kind: text(type) } : null;
}

function limitedOf(shown: Fields): Offer['limited'] {
  const offer = fields(shown['offer']);
  if (!text(offer['text'])) return null;
  const code = items(shown['buttons']).find((button) => button['type'] === 'COPY_CODE')?.['code'];
  return {
    text: text(offer['text']),
    expiresAt: typeof offer['expiresAt'] === 'number' ? offer['expiresAt'] : null,
    code: textOr(code),
  };
}

function templateButtons(shown: Fields): Tappable[] {
  return items(shown['buttons']).map((button, index) => ({
    index,
    text: text(button['text']) || text(button['type']),
    isAnswered: button['type'] === 'QUICK_REPLY' || button['type'] === 'REQUEST_CONTACT_INFO',
  }));
}

function interactiveOffer(interactive: Fields, body: string): Offer | null {
  const action = fields(interactive['action']);
  const parameters = fields(action['parameters']);
  const offer: Offer = {
    header: textOr(fields(interactive['header'])['text']),
    body: text(fields(interactive['body'])['text']) || body,
    footer: textOr(fields(interactive['footer'])['text']),
    buttons: [],
    list: null,
    cards: [],
    limited: null,
  };
  const single = (label: string, isAnswered: boolean): Offer => ({ ...offer, buttons: [{ index: 0, text: label, isAnswered }] });
  switch (interactive['type']) {
    case 'button': {
      const buttons = items(action['buttons']).map((button, index) => {
        return { index, text: text(fields(button['reply'])['title']), isAnswered: true };
      });
      return { ...offer, buttons };
    }
    case 'list':
      return { ...offer, list: { title: text(action['button']), sections: sectionsOf(action) } };
    case 'cta_url':
      return single(text(parameters['display_text']), false);
    case 'flow':
      return single(text(parameters['flow_cta']), true);
    case 'location_request_message':
      return single('', true);
    default:
      return null;
  }
}

/** Rows are counted through all sections. */
function sectionsOf(action: Fields): { title: string; rows: Tappable[] }[] {
  let index = 0;
  return items(action['sections']).map((section) => ({
    title: text(section['title']),
    rows: items(section['rows']).map((row) => ({
      index: index++,
      text: text(row['title']),
      description: text(row['description']),
      isAnswered: true,
    })),
  }));
}
