import { textsOf } from '#lib/i18n/texts.svelte.ts';
import { ar } from './ar-failed.ts';
import { en } from './en-failed.ts';

export const { t: say, tPieces: sayPieces } = textsOf(en, ar);
