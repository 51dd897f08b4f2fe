import type { TemplateComponentDefinition, TemplateDefinition } from '../src/whatsapp/wire.ts';
import { faultOfButtons } from './check-new-buttons.ts';
import { faultOfCards } from './check-new-cards.ts';
import { faultOfOffer } from './check-new-offer.ts';
import {
  faultOfBody,
  faultOfCodeBody,
  faultOfCodeFooter,
  faultOfFooter,
  faultOfHeader,
  type How,
  isWithin,
  type KnowsHandle,
  MISSING,
} from './check-new-parts.ts';
import { type Invalid, invalid, isFields } from './shapes.ts';
import { normal } from './templates.ts';

const CATEGORIES = ['AUTHENTICATION', 'MARKETING', 'UTILITY'];
const KINDS = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER'];
/** Seconds a message may wait for a phone, by category. */
const TTL: Record<string, [number, number]> = {
  AUTHENTICATION: [30, 900],
  UTILITY: [30, 43_200],
  MARKETING: [43_200, 2_592_000],
};

/** Why Meta refuses to create this template, or nothing; types and formats come in either case. */
export function faultOfTemplate(template: TemplateDefinition, knowsHandle: KnowsHandle): Invalid | undefined {
  const { name, language, category, parameter_format: format = 'POSITIONAL', message_send_ttl_seconds: ttl } = template;
  if (typeof name !== 'string' || !/^[a-z0-9_]{1,512}$/.test(name))
    return invalid(100, 'name must be lower-case letters, digits and underscores, at most 512');
  if (typeof language !== 'string' || !/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(language))
    return invalid(100, 'language must be a locale');
  if (typeof category !== 'string' || !CATEGORIES.includes(category.toUpperCase()))
    return invalid(100, `category must be one of ${CATEGORIES.join(', ')}`);
  if (typeof format !== 'string' || !['NAMED', 'POSITIONAL'].includes(format.toUpperCase()))
    return invalid(100, 'parameter_format must be NAMED or POSITIONAL');
  if (ttl !== undefined && !isWithin(Number(ttl), TTL[category.toUpperCase()]))
    return invalid(100, 'message_send_ttl_seconds is out of bounds');
  return faultOfComponents(template.components, {
    isNamed: format.toUpperCase() === 'NAMED',
    category: category.toUpperCase(),
    knowsHandle,
  });
}

export function faultOfComponents(components: unknown, how: How): Invalid | undefined {
  if (!Array.isArray(components)) return invalid(MISSING, 'components are required');
  const kinds = new Set<string>();
  const all: TemplateComponentDefinition[] = [];
  for (const given of components as unknown[]) {
    if (!isFields(given) || typeof given.type !== 'string') return invalid(MISSING, 'Each component needs a type');
    const component = normal(given as unknown as TemplateComponentDefinition);
    if (!KINDS.includes(component.type)) return invalid(100, `${component.type} is no type of component`);
    if (kinds.has(component.type)) return invalid(100, `${component.type} stands twice`);
    kinds.add(component.type);
    all.push(component);
    const wrong = faultOfComponent(component, how);
    if (wrong) return wrong;
  }
  if (!kinds.has('BODY')) return invalid(MISSING, 'A template needs a BODY');
  if (how.category === 'AUTHENTICATION' && !kinds.has('BUTTONS'))
    return invalid(MISSING, 'An authentication template needs an OTP button');
  return faultOfOffer(all, how) ?? faultOfCards(all, how);
}

function faultOfComponent(component: TemplateComponentDefinition, how: How): Invalid | undefined {
  const isCode = how.category === 'AUTHENTICATION';
  switch (component.type) {
    case 'HEADER':
      return faultOfHeader(component, how);
    case 'BODY':
      return isCode ? faultOfCodeBody(component) : faultOfBody(component, how);
    case 'FOOTER':
      return isCode ? faultOfCodeFooter(component) : faultOfFooter(component);
    case 'BUTTONS':
      return faultOfButtons(component.buttons, isCode);
    default:
      return undefined;
  }
}
