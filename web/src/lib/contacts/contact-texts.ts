import { textsOf } from '#lib/i18n/texts.svelte.ts';
import { ar } from './ar-contacts.ts';
import { en } from './en-contacts.ts';

export const { t: say, tPieces: sayPieces } = textsOf(en, ar);
