import { registerEnumType } from 'type-graphql';

/** Why a file is not here. */
export enum MediaFault {
  UNREACHABLE = 'UNREACHABLE',
  TOKEN_REFUSED = 'TOKEN_REFUSED',
  REFUSED = 'REFUSED',
  NOT_FOUND = 'NOT_FOUND',
  DAMAGED = 'DAMAGED',
  TOO_LARGE = 'TOO_LARGE',
  STORE_UNREACHABLE = 'STORE_UNREACHABLE',
  ERASED = 'ERASED',
}
registerEnumType(MediaFault, {
  name: 'MediaFault',
  description: 'Why a file could not be fetched.',
  valuesConfig: {
    UNREACHABLE: { description: 'WhatsApp did not answer.' },
    TOKEN_REFUSED: { description: "WhatsApp refuses the number's access token; the file is fetched once that is renewed." },
    REFUSED: { description: 'WhatsApp does not hand it out.' },
    NOT_FOUND: { description: 'WhatsApp does not have it: it keeps files for 7 days.' },
    DAMAGED: { description: 'It came damaged.' },
    TOO_LARGE: { description: 'It is larger than 100 MB.' },
    STORE_UNREACHABLE: { description: 'It could not be stored here.' },
    ERASED: { description: 'The customer was erased, and it with them.' },
  },
});

const WORDS: Record<MediaFault, string> = {
  UNREACHABLE: 'WhatsApp did not answer when the file was asked for.',
  TOKEN_REFUSED: 'WhatsApp refuses the access token of this number. An administrator has to connect the number again.',
  REFUSED: 'WhatsApp did not hand out the file.',
  NOT_FOUND: 'WhatsApp does not have the file any more. Ask the customer to send it once more.',
  DAMAGED: 'The file came damaged.',
  TOO_LARGE: 'The file is larger than 100 MB.',
  STORE_UNREACHABLE: 'The file could not be stored. An administrator has to look at the store for files.',
  ERASED: 'This customer was erased, and the file with them.',
};

/** For the one who waits for the file. */
export function wordsOf(fault: MediaFault): string {
  return WORDS[fault];
}
