import { textsOf } from '#lib/i18n/texts.svelte.ts';
import { ar } from './ar-simulator.ts';
import { en } from './en-simulator.ts';

export const { t: say } = textsOf(en, ar);
