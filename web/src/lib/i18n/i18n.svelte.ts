import { ar } from './ar.ts';
import { en } from './en.ts';
import { textsOf } from './texts.svelte.ts';

export { number } from './texts.svelte.ts';

/** The sentences that every screen may need; those of one page alone are with the page. */
export const { t, tPieces } = textsOf(en, ar);
