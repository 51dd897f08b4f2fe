import type { CardValues, TemplateButtonPart, TemplateCardPart, TemplatePart } from './content.ts';
import type { MediaToSend } from './message-to-send.ts';
import { headerMedia, writeLocation } from './write-header.ts';

/** The `template` of a send. Only what was filled in is a component; texts that never change are Meta's already. */
export function writeTemplate(
  template: TemplatePart,
  media: MediaToSend | undefined,
  cardMedia: readonly MediaToSend[] = [],
): object {
  const { name, language, values, buttons, headerLocation, cards } = template;
  const components: object[] = [];
  if (media) components.push({ type: 'header', parameters: [headerMedia(media)] });
  else if (headerLocation)
    components.push({ type: 'header', parameters: [{ type: 'location', location: writeLocation(headerLocation) }] });
  else if (isFilled(values.header)) components.push({ type: 'header', parameters: writeValues(values.header) });
  if (values.offerExpiresAt !== undefined) components.push(writeOffer(values.offerExpiresAt));
  components.push(...writeBody(values, buttons));
  if (cards) {
    const written = cards.map((card, index) => writeCard(index, card, values.cards?.[index] ?? {}, cardMedia[index]));
    components.push({ type: 'carousel', cards: written });
  }
  return { name, language: { code: language }, components: components.length ? components : undefined };
}

function writeOffer(expiresAt: number): object {
  const parameters = [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: expiresAt } }];
  return { type: 'limited_time_offer', parameters };
}

function writeCard(index: number, card: TemplateCardPart, values: CardValues, media: MediaToSend | undefined): object {
  const header = media ? [{ type: 'header', parameters: [headerMedia(media)] }] : [];
  return { card_index: index, components: [...header, ...writeBody(values, card.buttons)] };
}

function writeBody({ body, buttons: values }: CardValues, buttons: readonly TemplateButtonPart[]): object[] {
  const components: object[] = isFilled(body) ? [{ type: 'body', parameters: writeValues(body) }] : [];
  for (const [index, button] of buttons.entries()) {
    const value = values?.[index];
    const written = value === undefined ? undefined : writeButton(button.type, value);
    if (written) components.push({ type: 'button', index: String(index), ...written });
  }
  return components;
}

function isFilled(values: Record<string, string> | undefined): values is Record<string, string> {
  return values !== undefined && Object.keys(values).length > 0;
}

/** Numbered values go by their order, named ones carry their names. */
function writeValues(values: Record<string, string>): object[] {
  const entries = Object.entries(values);
  if (entries.every(([name]) => /^\d+$/.test(name)))
    return entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, text]) => ({ type: 'text', text }));
  return entries.map(([name, text]) => ({ type: 'text', parameter_name: name, text }));
}

function writeButton(type: TemplateButtonPart['type'], value: string): object | undefined {
  switch (type) {
    case 'URL':
      return { sub_type: 'url', parameters: [{ type: 'text', text: value }] };
    // WhatsApp treats the button that hands over a one-time code as a link.
    case 'OTP':
      return { sub_type: 'url', parameters: [{ type: 'text', text: value }] };
    case 'QUICK_REPLY':
      return { sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: value }] };
    case 'COPY_CODE':
      return { sub_type: 'copy_code', parameters: [{ type: 'coupon_code', coupon_code: value }] };
    case 'FLOW':
      return { sub_type: 'flow', parameters: [{ type: 'action', action: { flow_token: value } }] };
    default:
      return undefined;
  }
}
