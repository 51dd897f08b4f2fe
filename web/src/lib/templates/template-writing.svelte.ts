import { mutate } from '#lib/api/client.ts';
import { faultSentence, type UserFault } from '#lib/api/refusal.svelte.ts';
import type { PreviewedCard } from '#lib/composer/template/TemplatePreview.svelte';
import type { TemplateOnScreenFragment } from '#lib/gql/graphql.ts';
import { preferences } from '#lib/preferences/preferences.svelte.ts';
import {
  contentOf,
  draftOf,
  emptyButton,
  emptyCard,
  emptyDraft,
  parameterFormatOf,
  shapeOf,
  variablesOf,
  type Draft,
  type DraftShape,
} from './draft.ts';
import { draftFaults } from './draft-faults.ts';
import { createTemplate, editTemplate } from './template-documents.ts';
import { say } from './template-texts.ts';

/** A template that is being written, until the server took it. */
export class TemplateWriting {
  /** The one to change; null for a new one. */
  readonly template: TemplateOnScreenFragment | null;
  readonly draft: Draft;
  /** Whose a new one will be. */
  accountId = $state('');
  /** The picture of the header: of the stored template, until another is chosen. */
  picture: string | null = $state(null);
  isTried = $state(false);
  isBusy = $state(false);
  /** Why the server refused it. */
  refused: UserFault[] = $state.raw([]);
  /** Repeated with it, the same template is not made twice. */
  readonly #idempotencyKey = crypto.randomUUID();

  constructor(template: TemplateOnScreenFragment | null) {
    this.template = template;
    const draft: Draft = $state(
      template ? draftOf(template) : { ...emptyDraft(), language: preferences.locale === 'ar' ? 'ar' : 'en_US' },
    );
    this.draft = draft;
    this.picture = template?.headerMedia?.thumbnailUrl ?? template?.headerMedia?.url ?? null;
  }

  readonly found = $derived.by(() => draftFaults(this.draft, this.template === null));
  readonly isAuth = $derived.by(() => this.draft.category === 'AUTHENTICATION');
  readonly shape = $derived.by(() => shapeOf(this.draft));
  readonly holes = $derived.by(() => [
    ...(this.shape === 'PLAIN' && this.draft.headerKind === 'TEXT'
      ? variablesOf(this.draft.headerText).map((name) => ({ place: 'HEADER', name }))
      : []),
    ...variablesOf(this.draft.body).map((name) => ({ place: 'BODY', name })),
  ]);

  /** What the customer would see of it. */
  readonly shown = $derived.by(() => {
    const { draft, isAuth, shape } = this;
    const isCards = shape === 'CARDS';
    return {
      header: isAuth || isCards || draft.headerKind === '' ? null : { kind: draft.headerKind, text: draft.headerText },
      body: isAuth ? say('form.auth') : draft.body,
      footer: isAuth || shape !== 'PLAIN' ? null : draft.footer || null,
      buttons: isAuth || isCards ? [] : draft.buttons,
      cards: isCards ? draft.cards.map(({ body, buttons }) => ({ headerKind: draft.cardKind, body, buttons })) : [],
      offer: shape === 'OFFER' ? { text: draft.offerText, hasExpiration: draft.offerEnds } : null,
    };
  });

  /** A card as its preview needs it: with what can be shown of its file, and with its examples. */
  cardAt(at: number): PreviewedCard | undefined {
    const card = this.draft.cards[at];
    if (!card) return undefined;
    const picture = this.draft.cardKind === 'IMAGE' ? card.picture : null;
    return { slot: { picture }, values: { of: ({ place, name }) => card.examples[`${place} ${name}`] ?? '' } };
  }

  /** Makes it text, cards or an offer, with the parts that these cannot be without. */
  become(shape: DraftShape): void {
    const { draft } = this;
    draft.shape = shape;
    if (shape === 'CARDS' && draft.cards.length === 0) draft.cards.push(emptyCard(), emptyCard());
    if (shape !== 'OFFER') return;
    if (draft.headerKind !== 'IMAGE' && draft.headerKind !== 'VIDEO') draft.headerKind = '';
    if (!draft.buttons.some(({ type }) => type === 'COPY_CODE')) draft.buttons = [emptyButton('COPY_CODE')];
  }

  /** What is wrong with a place, in words: shown where something is written, and everywhere once it was tried. */
  fault(place: string, isTouched: boolean): string | null {
    const code = this.isTried || isTouched ? this.found.get(place) : undefined;
    return code ? say(`fault.${code}`) : null;
  }

  /** Gives the template as the server keeps it; null when something is wrong with it. */
  async save(isDraft: boolean, onlyAccountId: string | undefined): Promise<TemplateOnScreenFragment | null> {
    this.isTried = true;
    if (!isDraft && this.found.size > 0) return null;
    this.isBusy = true;
    try {
      const { answer } = await this.#send(isDraft, this.accountId || onlyAccountId);
      this.refused = [...answer.userErrors];
      return this.refused.length > 0 ? null : (answer.template ?? null);
    } catch (thrown) {
      this.refused = [{ code: 'unreachable', message: faultSentence(thrown) }];
      return null;
    } finally {
      this.isBusy = false;
    }
  }

  #send(isDraft: boolean, accountId: string | undefined) {
    const { name, language, category } = this.draft;
    const content = contentOf(this.draft);
    if (this.template) return mutate(editTemplate, { input: { templateId: this.template.id, category, ...content } });
    const parameterFormat = parameterFormatOf(this.draft);
    const idempotencyKey = this.#idempotencyKey;
    return mutate(createTemplate, {
      input: { ...content, accountId, name, language, category, parameterFormat, isDraft, idempotencyKey },
    });
  }
}
