/** The sentences of the page of webhooks that could not be read, in English. */
export const en = {
  what: 'What WhatsApp sent and nobody here understood. Nothing is lost: it is kept for seven days and can be read again.',
  loading: 'Loading the webhooks',
  empty: 'All is well.',
  'empty.why': 'Everything WhatsApp sent could be read. What cannot be would wait here.',
  came: 'came {when}',
  body: 'What it said',
  'body.gone': 'It is no longer kept.',
  'body.shared': 'It may be about other companies too, so nobody sees its content.',
  replay: 'Read again',
  dismiss: 'Dismiss',
  replayed: 'It is read again. If it still is not understood, it comes back here.',
  dismissed: 'Dismissed.',
} as const;
