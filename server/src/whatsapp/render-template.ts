import type { CardValues, OfferPart, TemplateButtonPart, TemplateCardPart, TemplateValues } from './content.ts';
import type { OfferComponent, TemplateButton, TemplateCard, TemplateComponent } from './template-components.ts';
import { fillIn } from './template-variables.ts';

/** A template as the customer reads it. */
export interface RenderedTemplate {
  /** The body; null when Meta writes it itself. */
  text: string | null;
  header?: string;
  footer?: string;
  buttons: TemplateButtonPart[];
  cards?: TemplateCardPart[];
  offer?: OfferPart;
}

/** Puts the values in their places; where one is missing the variable stays, so that a preview can show what is still to be filled in. */
export function renderTemplate(components: readonly TemplateComponent[], values: TemplateValues): RenderedTemplate {
  const rendered: RenderedTemplate = { text: null, buttons: [] };
  for (const component of components) {
    if (component.type === 'HEADER' && component.text !== undefined) rendered.header = fillIn(component.text, values.header);
    if (component.type === 'BODY' && component.text !== undefined) rendered.text = fillIn(component.text, values.body);
    if (component.type === 'FOOTER' && component.text !== undefined) rendered.footer = component.text;
    if (component.type === 'BUTTONS')
      rendered.buttons = component.buttons.map((button, index) => renderButton(button, values.buttons?.[index]));
    if (component.type === 'CAROUSEL')
      rendered.cards = component.cards.map((card, index) => renderCard(card, values.cards?.[index] ?? {}));
    if (component.type === 'LIMITED_TIME_OFFER') rendered.offer = renderOffer(component, values);
  }
  return rendered;
}

function renderCard({ components }: TemplateCard, values: CardValues): TemplateCardPart {
  const { text, buttons } = renderTemplate(components, values);
  return { text: text ?? '', buttons };
}

function renderOffer({ limited_time_offer: { text = '' } }: OfferComponent, { offerExpiresAt }: TemplateValues): OfferPart {
  return offerExpiresAt === undefined ? { text } : { text, expiresAt: offerExpiresAt };
}

const TYPES = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE', 'OTP', 'FLOW'] as const satisfies TemplateButtonPart['type'][];

function renderButton(button: TemplateButton, value: string | undefined): TemplateButtonPart {
  const type = TYPES.find((known) => known === button.type) ?? 'OTHER';
  const part: TemplateButtonPart = { type, text: button.text ?? '' };
  // Whatever the variable of an address is called, it is the only one.
  if (button.url !== undefined) part.url = value === undefined ? button.url : button.url.replace(/\{\{[^}]*\}\}/, () => value);
  if (button.phone_number !== undefined) part.phone = button.phone_number;
  if (value !== undefined && (type === 'COPY_CODE' || type === 'OTP')) part.code = value;
  return part;
}
