import type { LocationInput, PickedTemplateFragment, TemplateInput } from '#lib/gql/graphql.ts';
import { currentTime } from '#lib/i18n/clock.svelte.ts';
import { ownZone } from '#lib/i18n/zones.svelte.ts';
import type { ShownTemplate } from '#lib/inbox/outbox-content.ts';
import { readCoordinates } from '../coordinates.ts';
import { momentAt } from '../wall-clock.ts';
import { type FileSlot, slotFor } from './file-slot.svelte.ts';
import { firstName, keyOf, nameVariable } from './fill-template.ts';
import { FilledValues } from './filled-values.svelte.ts';

/** A card of a carousel and what is filled in on it. */
export interface CardForm {
  card: PickedTemplateFragment['cards'][number];
  values: FilledValues;
  slot: FileSlot | null;
}

export type FormObstacle = 'variables' | 'file' | 'cards' | 'uploading' | 'place' | 'end';

/** A chosen template and what is filled in, until it is sent. */
export class TemplateForm {
  readonly template: PickedTemplateFragment;
  readonly values: FilledValues;
  /** The key of the variable that was filled with the contact's name, and that name. */
  readonly fromContact: { key: string; name: string } | null;
  /** The file above the body. */
  readonly slot: FileSlot | null;
  readonly cards: readonly CardForm[];
  /** The place above the body, as it is pasted, and what it is called. */
  place = $state({ at: '', name: '', address: '' });
  /** When the offer ends, as the clocks here show it. */
  endsAt = $state('');

  constructor(template: PickedTemplateFragment, contactName: string | null) {
    this.template = template;
    this.values = new FilledValues(template.variables);
    this.slot = slotFor(template.header?.kind, template.headerMedia);
    this.cards = template.cards.map((card) => ({
      card,
      values: new FilledValues(card.variables),
      slot: slotFor(card.headerKind, card.headerMedia),
    }));
    const variable = contactName ? nameVariable(template) : null;
    this.fromContact = variable && contactName ? { key: keyOf(variable), name: firstName(contactName) } : null;
    if (variable && this.fromContact) this.values.set(variable, this.fromContact.name);
  }

  readonly needsPlace = $derived.by(() => this.template.header?.kind === 'LOCATION');
  readonly needsEnd = $derived.by(() => this.template.offer?.hasExpiration === true);
  readonly missing = $derived.by(() => this.cards.reduce((sum, card) => sum + card.values.missing, this.values.missing));
  /** Null while it is none, or past. */
  readonly end = $derived.by((): Date | null => {
    const end = momentAt(this.endsAt, ownZone);
    return end && end.getTime() > currentTime() ? end : null;
  });
  readonly #location = $derived.by((): LocationInput | null => {
    const found = readCoordinates(this.place.at);
    if (!found) return null;
    const [name, address] = [this.place.name.trim(), this.place.address.trim()];
    return { ...found, ...(name && { name }), ...(address && { address }) };
  });

  /** What stands between the form and sending it; null when nothing does. */
  readonly obstacle = $derived.by((): FormObstacle | null => {
    if (this.missing > 0) return 'variables';
    if (this.slot?.obstacle === 'file') return 'file';
    const slots = this.cards.map((card) => card.slot?.obstacle);
    if (slots.includes('file')) return 'cards';
    if (this.slot?.obstacle === 'uploading' || slots.includes('uploading')) return 'uploading';
    if (this.needsEnd && !this.end) return 'end';
    return this.needsPlace && !this.#location ? 'place' : null;
  });

  /** Lets go of every file that was chosen. */
  drop(): void {
    for (const slot of [this.slot, ...this.cards.map((card) => card.slot)]) slot?.choose(null);
  }

  /** What the server is told. Nothing must stand in the way any more. */
  input(): TemplateInput {
    const fileOf = (slot: FileSlot | null) => slot?.file?.mediaId && { headerMediaId: slot.file.mediaId };
    return {
      templateId: this.template.id,
      header: this.values.named('HEADER'),
      body: this.values.named('BODY'),
      buttons: this.values.buttons(),
      ...fileOf(this.slot),
      ...(this.#location && { headerLocation: this.#location }),
      ...(this.cards.length > 0 && {
        cards: this.cards.map(({ values, slot }) => ({
          body: values.named('BODY'),
          buttons: values.buttons(),
          ...fileOf(slot),
        })),
      }),
      ...(this.needsEnd && { offerExpiresAt: this.end?.toISOString() }),
    };
  }

  /** The message as it is shown until the server gives it. */
  shown(): ShownTemplate {
    const { name, language, category, header, body, footer, buttons, offer } = this.template;
    return {
      name,
      language,
      category,
      header: header?.text ? this.values.fill('HEADER', header.text) : null,
      footer: footer ?? null,
      text: body ? this.values.fill('BODY', body) : null,
      buttons: this.values.shownButtons(buttons),
      cards: this.cards.map(({ card, values }) => ({
        text: values.fill('BODY', card.body),
        buttons: values.shownButtons(card.buttons),
      })),
      ...(offer && { offer: { text: offer.text, expiresAt: this.end?.toISOString() ?? null } }),
    };
  }
}
