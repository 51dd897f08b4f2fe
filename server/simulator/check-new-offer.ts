import type { TemplateComponentDefinition } from '../src/whatsapp/wire.ts';
import { FOOTER, HEADER, type How, LENGTH, MISSING } from './check-new-parts.ts';
import { type Invalid, invalid, isLongerThan } from './shapes.ts';
import { variablesOf } from './templates.ts';

const TEXT_MAX = 16;
const BODY_MAX = 600;

/** An offer is marketing, has a text and a button that copies its code, and no footer. */
export function faultOfOffer(components: TemplateComponentDefinition[], { category }: How): Invalid | undefined {
  const part = (type: string) => components.find((component) => component.type === type);
  const given = part('LIMITED_TIME_OFFER');
  if (!given) return undefined;
  const { text, has_expiration: ends } = given.limited_time_offer ?? { text: undefined };
  if (category !== 'MARKETING') return invalid(100, 'A limited-time offer is of category MARKETING');
  if (typeof text !== 'string' || text.trim() === '') return invalid(MISSING, 'limited_time_offer.text is required');
  if (isLongerThan(text, TEXT_MAX)) return invalid(LENGTH, `limited_time_offer.text must be at most ${TEXT_MAX} characters`);
  if (variablesOf(text).length > 0) return invalid(100, 'limited_time_offer.text cannot have variables');
  if (ends !== undefined && typeof ends !== 'boolean') return invalid(100, 'has_expiration must be a boolean');
  if (part('FOOTER')) return invalid(FOOTER, 'A limited-time offer cannot have a footer');
  const format = part('HEADER')?.format;
  if (part('HEADER') && format !== 'IMAGE' && format !== 'VIDEO')
    return invalid(HEADER, 'The header of a limited-time offer is a picture or film');
  if (isLongerThan(part('BODY')?.text ?? '', BODY_MAX))
    return invalid(LENGTH, `body.text must be at most ${BODY_MAX} characters`);
  const types = part('BUTTONS')?.buttons?.map(({ type }) => type) ?? [];
  if (!types.includes('COPY_CODE')) return invalid(MISSING, 'A limited-time offer needs a COPY_CODE button');
  const isFine = types.length <= 2 && types.every((type) => type === 'COPY_CODE' || type === 'URL');
  return isFine ? undefined : invalid(100, 'A limited-time offer can have a COPY_CODE and a URL button');
}
