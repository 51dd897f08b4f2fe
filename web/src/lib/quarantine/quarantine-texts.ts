import { textsOf } from '#lib/i18n/texts.svelte.ts';
import { ar } from './ar-quarantine.ts';
import { en } from './en-quarantine.ts';

export const { t: say } = textsOf(en, ar);
