import { getContext, setContext } from 'svelte';

export interface Toast {
  text: string;
  action: { text: string; run: () => void } | null;
}

const shownFor = 6_000;

/** The one short notice at the foot of the screen. */
export class Toasts {
  current: Toast | null = $state.raw(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(text: string, action: Toast['action'] = null): void {
    clearTimeout(this.#timer);
    this.current = { text, action };
    this.#timer = setTimeout(() => this.hide(), shownFor);
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
}

const key = Symbol('toasts');

export const provideToasts = (toasts: Toasts): Toasts => setContext(key, toasts);
export const useToasts = (): Toasts => getContext(key);
