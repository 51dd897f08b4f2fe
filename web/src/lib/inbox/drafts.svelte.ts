import { SvelteMap } from 'svelte/reactivity';
import { readJson, writeJson } from './tab-storage.ts';

/** What was written and not sent, per conversation. It stays in this tab and goes with it: drafts are about people. */
export class Drafts {
  readonly #key: string;
  readonly #texts: SvelteMap<string, string>;

  constructor(memberId: string) {
    this.#key = `cube.drafts.${memberId}`;
    const saved = readJson(this.#key);
    const entries = Array.isArray(saved) ? saved.filter(isEntry) : [];
    this.#texts = new SvelteMap(entries);
  }

  of(conversationId: string): string {
    return this.#texts.get(conversationId) ?? '';
  }

  set(conversationId: string, text: string): void {
    if (text === '') this.#texts.delete(conversationId);
    else this.#texts.set(conversationId, text);
    writeJson(this.#key, [...this.#texts]);
  }

  /** Puts a text that was not sent before what has been written since. */
  restore(conversationId: string, text: string): void {
    const written = this.of(conversationId);
    this.set(conversationId, written === '' ? text : `${text}\n${written}`);
  }
}

function isEntry(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}
