import type { WhatsappNumber } from '../conversations/whatsapp-number.ts';
import type { Transaction } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { isId } from '../platform/ids.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { Content, LocationPart, TemplatePart, TemplateValues } from '../whatsapp/content.ts';
import { renderTemplate } from '../whatsapp/render-template.ts';
import { cardsOf, partsOfCard } from '../whatsapp/template-components.ts';
import { headerFormatOf } from '../whatsapp/template-variables.ts';
import { type HeaderGiven, valuesFaults } from '../whatsapp/values-faults.ts';
import type { LocationInput } from './location-input.ts';
import { OBSTACLE_WORDS, obstacleOf } from './obstacle-of.ts';
import { readCards, readValues, wrong } from './read-values.ts';
import { Template } from './template.ts';
import type { TemplateInput } from './template-input.ts';

/** What a header may show. */
export type HeaderMediaKind = 'IMAGE' | 'VIDEO' | 'DOCUMENT';

const HEADER_NEEDS: Record<HeaderMediaKind, string> = {
  IMAGE: 'This template shows a picture there.',
  VIDEO: 'This template shows a video there.',
  DOCUMENT: 'This template shows a document there.',
};

export interface PreparedTemplate {
  template: Template;
  content: Content;
  /** Its header shows a file of this kind: `headerMediaId` of the input, else of the template; one of them is there. */
  needsMedia: HeaderMediaKind | null;
  /** The files of a carousel's cards, in their order. */
  cardMediaIds: string[] | null;
}

/**
 * Makes the content of a message that goes out at `at` out of a template and what was filled in. The files are checked by the caller.
 * Throws NOT_FOUND for a template that this number's account does not have, TEMPLATE_NOT_APPROVED, TEMPLATE_VALUES_WRONG.
 */
export async function prepareTemplate(
  tx: Transaction,
  input: TemplateInput,
  { number, at }: { number: WhatsappNumber; at: Date },
): Promise<PreparedTemplate> {
  const template = await findById(tx.em, Template, input.templateId);
  if (!template || template.account.id !== number.account.id)
    throw new RuleBroken('NOT_FOUND', 'This number has no such template.', ['template', 'templateId']);
  const obstacle = obstacleOf(template);
  if (obstacle) throw new RuleBroken('TEMPLATE_NOT_APPROVED', OBSTACLE_WORDS[obstacle], ['template', 'templateId']);
  const format = headerFormatOf(template.components);
  const needsMedia = format === 'IMAGE' || format === 'VIDEO' || format === 'DOCUMENT' ? format : null;
  if (needsMedia && !input.headerMediaId && !template.headerMediaId)
    throw wrong(['headerMediaId'], 'Choose the file that stands above the text.');
  if (needsMedia && input.headerMediaId) await refuseOtherKind(tx, input.headerMediaId, needsMedia, ['headerMediaId']);
  if (!needsMedia && input.headerMediaId) throw wrong(['headerMediaId'], 'This template shows no file.');
  const headerLocation = format === 'LOCATION' ? readLocation(input.headerLocation) : undefined;
  const cardMediaIds = await cardFiles(tx, template, input);
  if (input.offerExpiresAt && input.offerExpiresAt <= at)
    throw wrong(['offerExpiresAt'], 'The offer would have ended when the message goes out.');
  return { template, needsMedia, cardMediaIds, content: fillIn(template, input, needsMedia, headerLocation) };
}

/** What each card shows: what was chosen for it, or what is kept with the template. */
async function cardFiles(tx: Transaction, template: Template, { cards }: TemplateInput): Promise<string[] | null> {
  const files: string[] = [];
  for (const [at, card] of cardsOf(template.components).entries()) {
    const field = ['cards', String(at), 'headerMediaId'];
    const file = cards?.[at]?.headerMediaId ?? template.cardMediaIds?.[at];
    if (!file) throw wrong(field, 'Choose what this card shows.');
    await refuseOtherKind(tx, file, partsOfCard(card).header?.format as HeaderMediaKind, field);
    files.push(file);
  }
  return files.length ? files : null;
}

/** A file that is not there is the caller's matter. */
async function refuseOtherKind(tx: Transaction, mediaId: string, kind: HeaderMediaKind, field: string[]): Promise<void> {
  const [media] = isId(mediaId) ? await tx.query<{ kind: string }>('select kind from media where id = $1', [mediaId]) : [];
  if (media && media.kind !== kind) throw wrong(field, HEADER_NEEDS[kind]);
}

/** All else that Meta would refuse. */
function refuseFaults({ components }: Template, values: TemplateValues, given: HeaderGiven): void {
  const [fault] = valuesFaults(components, values, given);
  if (fault) throw wrong(placeOf(fault.path), fault.message);
}

/** The place in the input that a place in the values came from. */
function placeOf([root, place, card, part]: string[]): string[] {
  if (root === 'header') return ['headerMediaId'];
  if (root !== 'values' || !place) return ['templateId'];
  if (place !== 'cards' || !card || !part) return [place];
  return [place, card, part === 'header' ? 'headerMediaId' : part];
}

function fillIn(
  template: Template,
  input: TemplateInput,
  needsMedia: HeaderMediaKind | null,
  headerLocation: LocationPart | undefined,
): Content {
  const values = readValues(template, input);
  const cards = readCards(template, input.cards);
  if (cards) values.cards = cards;
  if (input.offerExpiresAt) values.offerExpiresAt = input.offerExpiresAt.getTime();
  const files = cards?.map(() => true);
  refuseFaults(template, values, { media: needsMedia !== null, location: headerLocation !== undefined, cards: files });
  const { text, ...shown } = renderTemplate(template.components, values);
  const { id, name, language, category } = template;
  const part: TemplatePart = { id, name, language, category, ...shown, values };
  if (headerLocation) part.headerLocation = headerLocation;
  return { kind: 'TEMPLATE', text, parts: { template: part } };
}

function readLocation(given: LocationInput | undefined): LocationPart {
  if (!given) throw wrong(['headerLocation'], 'Choose the place that stands above the text.');
  const { latitude, longitude, name, address } = given;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) throw wrong(['headerLocation'], 'There is no such place.');
  // Meta shows a place in a header only by its name and address.
  if (!name?.trim() || !address?.trim()) throw wrong(['headerLocation'], 'The place needs a name and an address.');
  return { latitude, longitude, name, address };
}
