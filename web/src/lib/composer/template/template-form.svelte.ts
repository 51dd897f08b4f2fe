import { SvelteMap } from 'svelte/reactivity';
import type { LocationInput, PickedTemplateFragment, TemplateInput } from '#lib/gql/graphql.ts';
import type { ShownTemplate } from '#lib/inbox/outbox-content.ts';
import { readCoordinates } from '../coordinates.ts';
import type { Upload } from '../upload.svelte.ts';
import { cleanValue, filledText, firstName, keyOf, nameVariable, type Variable } from './fill-template.ts';

export type HeaderFileKind = 'IMAGE' | 'VIDEO' | 'DOCUMENT';

/** A chosen template and what is filled in, until it is sent. */
export class TemplateForm {
  readonly template: PickedTemplateFragment;
  readonly #values = new SvelteMap<string, string>();
  /** The key of the variable that was filled with the contact's name, and that name. */
  readonly fromContact: { key: string; name: string } | null;
  /** The file above the body. */
  file: Upload | null = $state.raw(null);
  /** The place above the body, as it is pasted, and what it is called. */
  place = $state({ at: '', name: '', address: '' });

  constructor(template: PickedTemplateFragment, contactName: string | null) {
    this.template = template;
    const variable = contactName ? nameVariable(template) : null;
    this.fromContact = variable && contactName ? { key: keyOf(variable), name: firstName(contactName) } : null;
    if (this.fromContact) this.#values.set(this.fromContact.key, this.fromContact.name);
  }

  readonly headerFile = $derived.by((): HeaderFileKind | null => {
    const kind = this.template.header?.kind;
    return kind === 'IMAGE' || kind === 'VIDEO' || kind === 'DOCUMENT' ? kind : null;
  });
  /** The file that the template brings along: it is sent where no other is chosen. */
  readonly kept = $derived.by(() => {
    const media = this.headerFile && this.template.headerMedia;
    return media?.status === 'STORED' ? media : null;
  });
  readonly needsPlace = $derived.by(() => this.template.header?.kind === 'LOCATION');
  readonly missing = $derived.by(() => this.template.variables.filter((one) => this.value(one).trim() === '').length);
  readonly #location = $derived.by((): LocationInput | null => {
    const found = readCoordinates(this.place.at);
    if (!found) return null;
    const [name, address] = [this.place.name.trim(), this.place.address.trim()];
    return { ...found, ...(name && { name }), ...(address && { address }) };
  });

  /** What stands between the form and sending it; null when nothing does. */
  readonly obstacle = $derived.by((): 'variables' | 'file' | 'uploading' | 'place' | null => {
    if (this.missing > 0) return 'variables';
    if (this.headerFile !== null && (this.file ? this.file.state === 'failed' : !this.kept)) return 'file';
    if (this.file?.state === 'uploading') return 'uploading';
    return this.needsPlace && !this.#location ? 'place' : null;
  });

  value(variable: Pick<Variable, 'place' | 'name'>): string {
    return this.#values.get(keyOf(variable)) ?? '';
  }

  set(variable: Variable, value: string): void {
    this.#values.set(keyOf(variable), cleanValue(value));
  }

  /** Takes another file for the header, and lets go of the one before. */
  choose(file: Upload | null): void {
    this.file?.drop();
    this.file = file;
  }

  /** What the server is told. Nothing must stand in the way any more. */
  input(): TemplateInput {
    const of = (place: Variable['place']) => this.template.variables.filter((one) => one.place === place);
    const named = (place: 'HEADER' | 'BODY') => of(place).map((one) => ({ name: one.name, value: this.value(one).trim() }));
    return {
      templateId: this.template.id,
      header: named('HEADER'),
      body: named('BODY'),
      buttons: of('BUTTON').map((one) => ({ index: Number(one.name), value: this.value(one).trim() })),
      ...(this.file?.mediaId && { headerMediaId: this.file.mediaId }),
      ...(this.#location && { headerLocation: this.#location }),
    };
  }

  /** The message as it is shown until the server gives it. */
  shown(): ShownTemplate {
    const { name, language, category, header, body, footer, buttons } = this.template;
    const fill = (place: 'HEADER' | 'BODY', text: string | null | undefined) =>
      text
        ? filledText(
            text,
            (variable) => this.value({ place, name: variable }),
            (variable) => `{{${variable}}}`,
          )
        : null;
    return {
      name,
      language,
      category,
      header: fill('HEADER', header?.text),
      footer: footer ?? null,
      text: fill('BODY', body),
      buttons: buttons.map(({ type, text, url, phone }) => ({ type, text, url: url ?? null, phone: phone ?? null })),
    };
  }
}
