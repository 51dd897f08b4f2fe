/** Code points and counts of templates. */
export const TEMPLATE = {
  name: 512,
  body: 1024,
  header: 60,
  footer: 60,
  buttons: 10,
  quickReplies: 10,
  urls: 2,
  phones: 1,
  copyCodes: 1,
  buttonText: 25,
  url: 2000,
  phone: 20,
  coupon: 20,
  oneTimeCode: 15,
  payload: 256,
  cards: 10,
  cardsLeast: 2,
  cardBody: 160,
  cardButtons: 2,
  offer: 16,
  /** Of the text beside an offer. */
  offerBody: 600,
  codeMinutes: 90,
} as const;

/** Characters of a template's text, with its values in it. */
export function bodyMax(components: readonly { type: string }[]): number {
  return components.some(({ type }) => type === 'LIMITED_TIME_OFFER') ? TEMPLATE.offerBody : TEMPLATE.body;
}

/** Seconds after which WhatsApp may give up, per category. */
export const TTL_SECONDS = {
  AUTHENTICATION: [30, 900],
  UTILITY: [30, 43_200],
  MARKETING: [43_200, 2_592_000],
} as const satisfies Record<string, readonly [number, number]>;
