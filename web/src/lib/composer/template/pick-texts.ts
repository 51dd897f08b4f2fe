import { textsOf } from '#lib/i18n/texts.svelte.ts';
import { arabic } from './ar-pick.ts';
import { english } from './en-pick.ts';

export const { t: tp, tPieces: tpPieces } = textsOf(english, arabic);
