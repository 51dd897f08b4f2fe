import { textsOf } from '#lib/i18n/texts.svelte.ts';
import { arabic } from './ar-sheets.ts';
import { english } from './en-sheets.ts';

export const { t: ts } = textsOf(english, arabic);
