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
  codeMinutes: 90,
} as const;

/** Seconds after which WhatsApp may give up, per category. */
export const TTL_SECONDS = {
  AUTHENTICATION: [30, 900],
  UTILITY: [30, 43_200],
  MARKETING: [43_200, 2_592_000],
} as const satisfies Record<string, readonly [number, number]>;
