import { SvelteMap } from 'svelte/reactivity';
import type { PickedTemplateFragment } from '#lib/gql/graphql.ts';
import type { ShownTemplateButton } from '#lib/inbox/outbox-content.ts';
import { cleanValue, filledText, keyOf, type Variable } from './fill-template.ts';

type Key = Pick<Variable, 'place' | 'name'>;

/** What is filled in for the variables of a template, or of one of its cards. */
export class FilledValues {
  readonly variables: readonly Variable[];
  readonly #values = new SvelteMap<string, string>();

  constructor(variables: readonly Variable[]) {
    this.variables = variables;
  }

  /** How many are still empty. */
  readonly missing = $derived.by(() => this.variables.filter((one) => this.of(one).trim() === '').length);

  of(variable: Key): string {
    return this.#values.get(keyOf(variable)) ?? '';
  }

  set(variable: Key, value: string): void {
    this.#values.set(keyOf(variable), cleanValue(value));
  }

  /** What the server is told of the header or the body. */
  named(place: 'HEADER' | 'BODY'): { name: string; value: string }[] {
    return this.#at(place).map((one) => ({ name: one.name, value: this.of(one).trim() }));
  }

  /** What the server is told of the buttons. */
  buttons(): { index: number; value: string }[] {
    return this.#at('BUTTON').map((one) => ({ index: Number(one.name), value: this.of(one).trim() }));
  }

  /** A text as it will be, as far as it is filled in. */
  fill(place: 'HEADER' | 'BODY', text: string): string {
    return filledText(
      text,
      (name) => this.of({ place, name }),
      (name) => `{{${name}}}`,
    );
  }

  /** Buttons as they are shown until the server gives the message. */
  shownButtons(buttons: PickedTemplateFragment['buttons']): ShownTemplateButton[] {
    return buttons.map(({ type, text, url = null, phone = null }, index) => ({
      type,
      text,
      url,
      phone,
      code: (type === 'COPY_CODE' && this.of({ place: 'BUTTON', name: String(index) }).trim()) || null,
    }));
  }

  #at(place: Variable['place']): Variable[] {
    return this.variables.filter((one) => one.place === place);
  }
}
