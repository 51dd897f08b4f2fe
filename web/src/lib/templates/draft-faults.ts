import { draftMax, shapeOf, variablesOf, type Draft, type DraftButton, type DraftCard } from './draft.ts';

export type DraftFault =
  | 'needed'
  | 'name'
  | 'language'
  | 'long'
  | 'headerOne'
  | 'headerPlain'
  | 'edges'
  | 'gaps'
  | 'braces'
  | 'words'
  | 'example'
  | 'footer'
  | 'file'
  | 'url'
  | 'phone'
  | 'same'
  | 'apart'
  | 'many'
  | 'cards'
  | 'offerVariable'
  | 'offerButtons';

/** What Meta would refuse of a draft, by place: `name`, `body`, `BODY 1` for an example, `button 0`, `card 0 body`, …; the first fault of each. */
export function draftFaults(draft: Draft, isNew: boolean): Map<string, DraftFault> {
  const found = new Map<string, DraftFault>();
  const add = (place: string, fault: DraftFault | false) => fault && !found.has(place) && found.set(place, fault);
  if (isNew) {
    add('name', draft.name === '' ? 'needed' : (!/^[a-z0-9_]+$/.test(draft.name) || draft.name.length > draftMax.name) && 'name');
    add('language', !/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(draft.language) && 'language');
  }
  if (draft.category === 'AUTHENTICATION') return found;
  const shape = shapeOf(draft);
  bodyFaults(draft, shape === 'OFFER' ? draftMax.offerBody : draftMax.body, add);
  if (shape === 'CARDS') cardFaults(draft.cards, add);
  else {
    headerFaults(draft, add);
    buttonFaults(draft.buttons, add);
  }
  if (shape === 'OFFER') offerFaults(draft, add);
  if (shape === 'PLAIN') add('footer', isLong(draft.footer, draftMax.footer) ? 'long' : draft.footer.includes('{{') && 'footer');
  return found;
}

type Add = (place: string, fault: DraftFault | false) => unknown;

const isLong = (text: string, most: number) => [...text].length > most;

function headerFaults({ headerKind, headerText, headerMediaId, examples }: Draft, add: Add): void {
  if (headerKind === 'TEXT') {
    add('header', headerText.trim() === '' ? 'needed' : isLong(headerText, draftMax.header) && 'long');
    add('header', variablesOf(headerText).length > 1 && 'headerOne');
    const plain = headerText.replaceAll(/\{\{[^}]*\}\}/g, '');
    add('header', /[\n\r*_~]|\p{Extended_Pictographic}/u.test(plain) && 'headerPlain');
    for (const name of variablesOf(headerText)) add(`HEADER ${name}`, !examples[`HEADER ${name}`]?.trim() && 'example');
  } else if (headerKind !== '' && headerKind !== 'LOCATION') add('header', headerMediaId === null && 'file');
}

function bodyFaults({ body, examples }: Pick<Draft, 'body' | 'examples'>, most: number, add: Add): void {
  const text = body.trim();
  const names = variablesOf(text);
  add('body', text === '' ? 'needed' : isLong(body, most) && 'long');
  const braces = (text.match(/\{\{|\}\}/g) ?? []).length;
  add('body', braces !== 2 * (text.match(/\{\{\s*\w+\s*\}\}/g) ?? []).length && 'braces');
  add('body', (/^\{\{[^}]*\}\}/.test(text) || /\{\{[^}]*\}\}$/.test(text)) && 'edges');
  const numbers = new Set(names);
  const isNumbered = names.every((name) => /^\d+$/.test(name));
  add('body', isNumbered && names.some((_, index) => !numbers.has(String(index + 1))) && 'gaps');
  const words = text.replaceAll(/\{\{[^}]*\}\}/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
  add('body', words.length < names.length && 'words');
  for (const name of names) add(`BODY ${name}`, !examples[`BODY ${name}`]?.trim() && 'example');
}

function buttonFaults(buttons: readonly DraftButton[], add: Add): void {
  const count = (type: string) => buttons.filter((button) => button.type === type).length;
  const isMany =
    buttons.length > draftMax.buttons || count('URL') > draftMax.urls || count('PHONE_NUMBER') > 1 || count('COPY_CODE') > 1;
  add('buttons', isMany && 'many');
  const begun = buttons.filter((one, index) => one.type === 'QUICK_REPLY' && buttons[index - 1]?.type !== 'QUICK_REPLY');
  add('buttons', begun.length > 1 && 'apart');
  for (const [index, button] of buttons.entries()) {
    const place = `button ${index}`;
    if (button.type === 'COPY_CODE') {
      add(place, button.example.trim() === '' ? 'example' : isLong(button.example, draftMax.coupon) && 'long');
      continue;
    }
    add(place, button.text.trim() === '' ? 'needed' : isLong(button.text, draftMax.buttonText) && 'long');
    add(place, buttons.some((other, at) => at < index && other.text.trim() === button.text.trim()) && 'same');
    if (button.type === 'URL') {
      const url = button.url.trim();
      add(place, (!URL.canParse(url.replace(/\{\{[^}]*\}\}/, 'x')) || !/^https?:\/\//.test(url)) && 'url');
      add(place, url.includes('{{') && (!/\{\{\s*1\s*\}\}$/.test(url) ? 'url' : button.example.trim() === '' && 'example'));
    }
    if (button.type === 'PHONE_NUMBER') add(place, !/^\+?[0-9]{5,20}$/.test(button.phone.trim()) && 'phone');
  }
}

function cardFaults(cards: readonly DraftCard[], add: Add): void {
  add('cards', (cards.length < draftMax.cardsLeast || cards.length > draftMax.cards) && 'cards');
  for (const [index, card] of cards.entries()) {
    const addHere: Add = (place, fault) => add(`card ${index} ${place}`, fault);
    addHere('file', card.mediaId === null && 'file');
    bodyFaults(card, draftMax.cardBody, addHere);
    buttonFaults(card.buttons, addHere);
  }
}

function offerFaults({ offerText, buttons }: Draft, add: Add): void {
  add('offer', offerText.trim() === '' ? 'needed' : isLong(offerText, draftMax.offer) && 'long');
  add('offer', offerText.includes('{{') && 'offerVariable');
  const types = buttons.map(({ type }) => type);
  const isFine =
    types.includes('COPY_CODE') && types.length <= 2 && types.every((type) => type === 'COPY_CODE' || type === 'URL');
  add('buttons', !isFine && 'offerButtons');
}
