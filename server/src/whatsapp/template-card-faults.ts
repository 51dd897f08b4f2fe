import type { Faults } from './content-fault.ts';
import { checkButtons } from './template-button-faults.ts';
import type { TemplateDefinition } from './template-calls.ts';
import { type CarouselComponent, partsOfCard, type TemplateCard } from './template-components.ts';
import { TEMPLATE as MAX } from './template-limits.ts';
import { checkBody } from './template-text-faults.ts';

const BUTTONS: readonly string[] = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER'];

/**
 * The cards of a template that is to be made, and that nothing stands beside them but the text. A card's own parts are named in the paths as `header`,
 * `body` and `buttons`.
 */
export function checkCarousel(faults: Faults, place: string, { cards }: CarouselComponent, definition: TemplateDefinition): void {
  if (definition.category === 'AUTHENTICATION') faults.add(place, 'An authentication template has no cards.');
  for (const [index, { type }] of definition.components.entries())
    if (type !== 'BODY' && type !== 'CAROUSEL')
      faults.add(`components.${index}`, 'Beside its cards such a template has its text alone.');
  if (cards.length < MAX.cardsLeast || cards.length > MAX.cards)
    faults.add(`${place}.cards`, `A carousel has ${MAX.cardsLeast} to ${MAX.cards} cards.`);
  for (const [index, card] of cards.entries()) checkCard(faults, `${place}.cards.${index}`, card, definition);
  const shapes = cards.map(shapeOf);
  const odd = shapes.findIndex((shape) => shape !== shapes[0]);
  if (odd > 0)
    faults.add(
      `${place}.cards.${odd}`,
      'All cards show a picture, or all a video, and have the same kinds of buttons in the same order.',
    );
}

function checkCard(faults: Faults, place: string, card: TemplateCard, definition: TemplateDefinition): void {
  const { header, body, buttons } = partsOfCard(card);
  if (header?.format !== 'IMAGE' && header?.format !== 'VIDEO')
    faults.add(`${place}.header.format`, 'A card shows a picture or a video.');
  else if (!header.example?.header_handle?.[0]) faults.add(`${place}.header.example`, 'A card needs a file as its example.');
  checkBody(faults, `${place}.body`, body ?? { type: 'BODY' }, definition, MAX.cardBody);
  if (buttons.length > MAX.cardButtons) faults.add(`${place}.buttons`, `A card has up to ${MAX.cardButtons} buttons.`);
  for (const [index, { type }] of buttons.entries())
    if (!BUTTONS.includes(type))
      faults.add(`${place}.buttons.${index}.type`, 'The button of a card answers, opens a page or calls.');
  checkButtons(faults, `${place}.buttons`, buttons, definition.category);
}

function shapeOf(card: TemplateCard): string {
  const { header, buttons } = partsOfCard(card);
  return [header?.format, ...buttons.map(({ type }) => type)].join(' ');
}
