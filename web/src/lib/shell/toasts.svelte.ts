import type { Sentence } from '#lib/api/refusal.svelte.ts';
import { getContext, setContext } from 'svelte';

export interface Toast {
  text: string | Sentence;
  /** It says why something was not done. */
  isRefusal: boolean;
  action: { text: string; run: () => void } | null;
}

const shownFor = 6_000;

/** The one short notice at the foot of the screen. */
export class Toasts {
  current: Toast | null = $state.raw(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says what was done, with what can be done about it. */
  show(text: string, action: Toast['action'] = null): void {
    this.#put({ text, isRefusal: false, action });
  }

  /** Says why something was not done. */
  refuse(text: string | Sentence): void {
    this.#put({ text, isRefusal: true, action: null });
  }

  /** Does what the notice offers, and puts it away. */
  act(): void {
    const action = this.current?.action;
    this.hide();
    action?.run();
  }

  hide(): void {
    this.current = null;
  }

  #put(toast: Toast): void {
    clearTimeout(this.#timer);
    this.current = toast;
    this.#timer = setTimeout(() => this.hide(), shownFor);
  }
}

const key = Symbol('toasts');

export const provideToasts = (toasts: Toasts): Toasts => setContext(key, toasts);
export const useToasts = (): Toasts => getContext(key);
