import { mutate } from '#lib/api/client.ts';
import { faultSentence, type UserFault } from '#lib/api/refusal.svelte.ts';
import type { TemplateOnScreenFragment } from '#lib/gql/graphql.ts';
import { preferences } from '#lib/preferences/preferences.svelte.ts';
import { contentOf, draftOf, emptyDraft, parameterFormatOf, variablesOf, type Draft } from './draft.ts';
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
  readonly holes = $derived.by(() => [
    ...(this.draft.headerKind === 'TEXT' ? variablesOf(this.draft.headerText).map((name) => ({ place: 'HEADER', name })) : []),
    ...variablesOf(this.draft.body).map((name) => ({ place: 'BODY', name })),
  ]);

  /** What the customer would see of it. */
  readonly shown = $derived.by(() => {
    const { draft, isAuth } = this;
    return {
      header: isAuth || draft.headerKind === '' ? null : { kind: draft.headerKind, text: draft.headerText },
      body: isAuth ? say('form.auth') : draft.body,
      footer: isAuth ? null : draft.footer || null,
      buttons: isAuth ? [] : draft.buttons,
    };
  });

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
