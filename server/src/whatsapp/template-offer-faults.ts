import type { Faults } from './content-fault.ts';
import type { TemplateDefinition } from './template-calls.ts';
import type { OfferComponent } from './template-components.ts';
import { TEMPLATE as MAX } from './template-limits.ts';

/** An offer that ends, and what may stand beside it: a picture or video, a shorter text, the button that copies its code and one that opens a page. */
export function checkOffer(
  faults: Faults,
  place: string,
  { limited_time_offer: { text } }: OfferComponent,
  { category, components }: TemplateDefinition,
): void {
  if (category !== 'MARKETING') faults.add(place, 'An offer belongs to a marketing template.');
  faults.needed(`${place}.text`, text, MAX.offer, 'The text of the offer');
  if (text?.includes('{{')) faults.add(`${place}.text`, 'The text of an offer has no variables.');
  for (const [index, part] of components.entries()) {
    if (part.type === 'HEADER' && part.format !== 'IMAGE' && part.format !== 'VIDEO')
      faults.add(`components.${index}.format`, 'Above an offer stands a picture or a video, or nothing.');
    if (part.type === 'FOOTER') faults.add(`components.${index}`, 'A template with an offer has no footer.');
  }
  const types = components.flatMap((part) => (part.type === 'BUTTONS' ? part.buttons.map(({ type }) => type) : []));
  if (!types.includes('COPY_CODE')) faults.add('buttons', 'An offer needs the button that copies its code.');
  if (types.some((type) => type !== 'COPY_CODE' && type !== 'URL') || types.length > 2)
    faults.add('buttons', 'Beside the button that copies its code, an offer has one that opens a page, or none.');
}
