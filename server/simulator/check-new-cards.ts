import type { TemplateComponentDefinition } from '../src/whatsapp/wire.ts';
import { faultOfButtons } from './check-new-buttons.ts';
import { faultOfBody, faultOfHeader, HEADER, type How, MISSING } from './check-new-parts.ts';
import { type Invalid, invalid } from './shapes.ts';

const BODY_MAX = 160;
const BUTTONS = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER'];

/** A carousel has nothing but its body beside the cards, and all of these are alike. */
export function faultOfCards(components: TemplateComponentDefinition[], how: How): Invalid | undefined {
  const carousel = components.find(({ type }) => type === 'CAROUSEL');
  if (!carousel) return undefined;
  if (how.category === 'AUTHENTICATION') return invalid(100, 'A carousel cannot be of category AUTHENTICATION');
  const other = components.find(({ type }) => type !== 'BODY' && type !== 'CAROUSEL');
  if (other) return invalid(100, `${other.type} cannot stand beside a carousel`);
  const { cards } = carousel;
  if (!Array.isArray(cards) || cards.length < 2 || cards.length > 10) return invalid(MISSING, 'A carousel has 2 to 10 cards');
  const looks = new Set<string>();
  for (const { components: parts } of cards) {
    const wrong = faultOfCard(parts, how);
    if (wrong) return wrong;
    looks.add(JSON.stringify(parts.map(({ type, format, buttons }) => [type, format, buttons?.map((button) => button.type)])));
  }
  return looks.size > 1 ? invalid(100, 'All cards must have the same components') : undefined;
}

/** A card has a picture or film, a body of at most 160, and one or two buttons. */
function faultOfCard(parts: TemplateComponentDefinition[], how: How): Invalid | undefined {
  const [header, body, row] = ['HEADER', 'BODY', 'BUTTONS'].map((kind) => parts.find(({ type }) => type === kind));
  if (parts.length !== 3 || !header || !body || !row) return invalid(MISSING, 'A card has a HEADER, a BODY and BUTTONS');
  if (header.format !== 'IMAGE' && header.format !== 'VIDEO') return invalid(HEADER, 'A card needs a picture or film');
  const buttons = row.buttons ?? [];
  if (buttons.length > 2) return invalid(100, 'A card can have 2 buttons');
  const odd = buttons.find(({ type }) => !BUTTONS.includes(type));
  if (odd) return invalid(100, `A card cannot have a button of type ${odd.type}`);
  return faultOfHeader(header, how) ?? faultOfBody(body, how, BODY_MAX) ?? faultOfButtons(row.buttons, false);
}
