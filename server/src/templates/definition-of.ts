import { RuleBroken } from '../platform/user-errors.ts';
import type { TemplateDefinition } from '../whatsapp/template-calls.ts';
import type { TemplateComponent } from '../whatsapp/template-components.ts';
import { templateFaults } from '../whatsapp/template-faults.ts';
import { bodyOf, buttonOf, cardOf, headerOf } from './components-of.ts';
import type { TemplateContentInput } from './create-template-input.ts';
import type { NewTemplateOfferInput } from './new-card-input.ts';

type Frame = Pick<TemplateDefinition, 'name' | 'language' | 'category' | 'parameterFormat'>;

/** A template as Meta takes it. Throws BAD_INPUT or TEXT_TOO_LONG with the place in the input for what Meta would refuse. */
export function definitionOf(frame: Frame, content: TemplateContentInput): TemplateDefinition {
  const isNamed = frame.parameterFormat === 'NAMED';
  const components: TemplateComponent[] = [];
  const places: string[] = [];
  const add = (place: string, component: TemplateComponent) => (places.push(place), components.push(component));
  if (content.header) add('header', headerOf(content.header, isNamed));
  if (content.offer) add('offer', offerOf(content.offer));
  add('body', frame.category === 'AUTHENTICATION' ? codeBodyOf(content) : bodyOf(content.body, isNamed));
  if (content.footer) add('footer', { type: 'FOOTER', text: content.footer });
  else if (content.codeMinutes) add('codeMinutes', { type: 'FOOTER', code_expiration_minutes: content.codeMinutes });
  if (content.buttons?.length) add('buttons', { type: 'BUTTONS', buttons: content.buttons.map(buttonOf) });
  if (content.cards) add('cards', { type: 'CAROUSEL', cards: content.cards.map((card) => cardOf(card, isNamed)) });
  const definition: TemplateDefinition = { ...frame, components };
  if (content.ttlSeconds) definition.ttlSeconds = content.ttlSeconds;
  const [fault] = templateFaults(definition);
  if (fault) {
    const code = fault.code === 'TEXT_TOO_LONG' ? 'TEXT_TOO_LONG' : 'BAD_INPUT';
    throw new RuleBroken(code, fault.message, placeOf(fault.path, places));
  }
  return definition;
}

/** The names of Meta's fields in ours. */
const NAMES: Record<string, string> = {
  phone_number: 'phone',
  otp_type: 'codeKind',
  autofill_text: 'autofillText',
  supported_apps: 'appPackage',
  flow_id: 'flowId',
  format: 'kind',
  code_expiration_minutes: 'codeMinutes',
};

/** Of a card's parts. */
const CARD_NAMES: Record<string, string> = {
  'header.kind': 'headerKind',
  'header.example': 'headerMediaId',
  'body.text': 'body',
  'body.example': 'examples',
};

function inCards(inside: string[]): string[] {
  const [cards = 'cards', index, part = '', name = ''] = inside;
  const known = CARD_NAMES[`${part}.${name}`];
  if (index === undefined) return [cards];
  return known ? [cards, index, known] : inside;
}

function placeOf([first = '', index, ...rest]: string[], places: readonly string[]): string[] {
  if (first !== 'components' || index === undefined) return first === 'components' ? ['body'] : [first];
  const place = places[Number(index)] ?? 'body';
  const inside = rest.map((name) => NAMES[name] ?? name);
  if (place === 'footer' || place === 'codeMinutes') return [place];
  if (place === 'buttons') return inside.length ? inside : [place];
  if (place === 'cards') return inCards(inside);
  if (place === 'offer') return [place, ...inside];
  return [place, ...inside.map((name) => (name === 'example' ? 'examples' : name))];
}

function codeBodyOf({ body }: TemplateContentInput): TemplateComponent {
  return { type: 'BODY', add_security_recommendation: body.hasSecurityAdvice === true };
}

function offerOf({ text, hasExpiration }: NewTemplateOfferInput): TemplateComponent {
  return { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text, has_expiration: hasExpiration } };
}
