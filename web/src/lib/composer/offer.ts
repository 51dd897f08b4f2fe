import type { SendInteractiveInput } from '#lib/gql/graphql.ts';

export type OfferKind = 'BUTTONS' | 'LIST' | 'LINK' | 'LOCATION_REQUEST';

/** A message to tap on while it is being written. */
export interface Offer {
  kind: OfferKind;
  header: string;
  body: string;
  footer: string;
  buttons: string[];
  /** What opens the list. */
  opens: string;
  rows: { title: string; description: string }[];
  link: { title: string; url: string };
}

/** What WhatsApp takes, in code points and pieces. */
export const offerLimits = {
  header: 60,
  footer: 60,
  body: 1_024,
  listBody: 4_096,
  button: 20,
  rowTitle: 24,
  rowDescription: 72,
  buttons: 3,
  rows: 10,
} as const;

export const emptyOffer = (): Offer => ({
  kind: 'BUTTONS',
  header: '',
  body: '',
  footer: '',
  buttons: ['', ''],
  opens: '',
  rows: [
    { title: '', description: '' },
    { title: '', description: '' },
  ],
  link: { title: '', url: '' },
});

export type OfferFault = 'body' | 'buttons' | 'rows' | 'opens' | 'link' | 'same';

const filled = (texts: readonly string[]) => texts.map((text) => text.trim()).filter((text) => text !== '');

/** What is missing or wrong, in the order in which it is filled in; null when it can be sent. */
export function offerFault(offer: Offer): OfferFault | null {
  if (offer.body.trim() === '') return 'body';
  if (offer.kind === 'BUTTONS') return choicesFault(offer.buttons, 'buttons');
  if (offer.kind === 'LIST') {
    if (offer.opens.trim() === '') return 'opens';
    return choicesFault(
      offer.rows.map(({ title }) => title),
      'rows',
    );
  }
  if (offer.kind === 'LINK') {
    const { title, url } = offer.link;
    return title.trim() === '' || !/^https?:\/\/[^\s.]+\.[^\s]+$/.test(url.trim()) ? 'link' : null;
  }
  return null;
}

function choicesFault(titles: readonly string[], none: 'buttons' | 'rows'): OfferFault | null {
  const given = filled(titles);
  if (given.length === 0) return none;
  return new Set(given).size < given.length ? 'same' : null;
}

/** What the server is told: empty lines and rows are left out, ids count from 1. */
export function offerInput(offer: Offer): SendInteractiveInput {
  const { kind, header, body, footer } = offer;
  const around = {
    type: kind,
    body: body.trim(),
    ...(header.trim() && kind !== 'LOCATION_REQUEST' && { header: header.trim() }),
    ...(footer.trim() && kind !== 'LOCATION_REQUEST' && { footer: footer.trim() }),
  };
  if (kind === 'BUTTONS')
    return { ...around, buttons: filled(offer.buttons).map((title, index) => ({ id: `button-${index + 1}`, title })) };
  if (kind === 'LINK') return { ...around, link: { title: offer.link.title.trim(), url: offer.link.url.trim() } };
  if (kind === 'LOCATION_REQUEST') return around;
  const rows = offer.rows
    .filter(({ title }) => title.trim() !== '')
    .map(({ title, description }, index) => ({
      id: `row-${index + 1}`,
      title: title.trim(),
      ...(description.trim() && { description: description.trim() }),
    }));
  return { ...around, button: offer.opens.trim(), sections: [{ rows }] };
}
