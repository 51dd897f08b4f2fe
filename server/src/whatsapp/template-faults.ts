import { type ContentFault, Faults } from './content-fault.ts';
import type { TemplateDefinition } from './template-calls.ts';
import { checkButtons } from './template-button-faults.ts';
import { checkCarousel } from './template-card-faults.ts';
import type { TemplateComponent } from './template-components.ts';
import { bodyMax, TEMPLATE as MAX, TTL_SECONDS } from './template-limits.ts';
import { checkOffer } from './template-offer-faults.ts';
import { checkBody, checkFooter, checkHeader } from './template-text-faults.ts';

const NAME = /^[a-z0-9_]+$/;
const LANGUAGE = /^[a-z]{2,3}(_[A-Z]{2,3})?$/;
const ONCE = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'LIMITED_TIME_OFFER', 'CAROUSEL'] as const;

/** All that Meta would refuse about a template that is to be made; whether its words please Meta, only Meta knows. */
export function templateFaults(definition: TemplateDefinition): ContentFault[] {
  const faults = new Faults();
  const { name, language, category, components, ttlSeconds } = definition;
  faults.needed('name', name, MAX.name, 'The name');
  if (name && !NAME.test(name)) faults.add('name', 'A name has small Latin letters, digits and underscores.');
  if (!LANGUAGE.test(language)) faults.add('language', 'A language looks like en or en_US.');
  const [least, most] = TTL_SECONDS[category];
  if (ttlSeconds !== undefined && !(ttlSeconds >= least && ttlSeconds <= most))
    faults.add('ttlSeconds', `Here WhatsApp gives up after ${least} to ${most} seconds.`);
  for (const type of ONCE)
    if (components.filter((component) => component.type === type).length > 1)
      faults.add('components', `A template has one ${type.toLowerCase()}.`);
  if (!components.some((component) => component.type === 'BODY')) faults.add('components', 'The text is missing.');
  for (const [index, component] of components.entries()) checkComponent(faults, `components.${index}`, component, definition);
  if (category === 'AUTHENTICATION') checkAuthentication(faults, components);
  return faults.found;
}

function checkComponent(faults: Faults, place: string, component: TemplateComponent, definition: TemplateDefinition): void {
  switch (component.type) {
    case 'HEADER':
      return checkHeader(faults, place, component, definition);
    case 'BODY':
      return definition.category === 'AUTHENTICATION'
        ? undefined
        : checkBody(faults, place, component, definition, bodyMax(definition.components));
    case 'FOOTER':
      return checkFooter(faults, place, component, definition);
    case 'BUTTONS':
      return checkButtons(faults, `${place}.buttons`, component.buttons, definition.category);
    case 'LIMITED_TIME_OFFER':
      return checkOffer(faults, place, component, definition);
    case 'CAROUSEL':
      return checkCarousel(faults, place, component, definition);
    case 'OTHER':
      return faults.add(place, 'Templates of this kind are made in WhatsApp Manager.');
  }
}

function checkAuthentication(faults: Faults, components: readonly TemplateComponent[]): void {
  const buttons = components.flatMap((component) => (component.type === 'BUTTONS' ? component.buttons : []));
  if (buttons.length !== 1 || buttons[0]?.type !== 'OTP')
    faults.add('components', 'An authentication template has one button, which hands over the code.');
}
