import type { TemplateButtonKind } from '#lib/gql/graphql.ts';
import { tp } from './pick-texts.ts';

/** What a button says; where WhatsApp chooses the words, what it does. */
export function buttonName({ type, text }: { type: TemplateButtonKind; text: string }): string {
  return text || tp(`pick.button.${type}`);
}
