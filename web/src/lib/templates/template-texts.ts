import { textsOf } from '#lib/i18n/texts.svelte.ts';
import { ar } from './ar-templates.ts';
import { en } from './en-templates.ts';

export const { t: say, tPieces: sayPieces } = textsOf(en, ar);
