import { textsOf } from '#lib/i18n/texts.svelte.ts';
import { ar } from './ar-numbers.ts';
import { en } from './en-numbers.ts';

export const { t: say, tPieces: sayPieces } = textsOf(en, ar);
