import { tick } from 'svelte';

const nearEnd = 60;

/** Where the reader is in a thread that scrolls from the bottom up: its `scrollTop` is 0 at the end and negative above it. */
export class ThreadScroll {
  element: HTMLElement | undefined = $state();
  isAtEnd = $state(true);

  onScroll(): void {
    this.isAtEnd = -(this.element?.scrollTop ?? 0) < nearEnd;
  }

  toEnd(): void {
    void tick().then(() => {
      this.element?.scrollTo({ top: 0 });
      this.onScroll();
    });
  }

  /** Call before the messages change: what the reader was looking at stays where it was. */
  keepPlace(): void {
    const { element } = this;
    if (!element || this.isAtEnd) return;
    const anchor = this.#inSight(element);
    if (!anchor) return;
    const before = anchor.getBoundingClientRect().top;
    void tick().then(() => {
      if (anchor.isConnected) element.scrollTop += anchor.getBoundingClientRect().top - before;
    });
  }

  /** Brings the element of a selector to the middle, if it is there. */
  reveal(selector: string): void {
    const { element } = this;
    const found = element?.querySelector(selector);
    if (!element || !found) return;
    const [outer, inner] = [element.getBoundingClientRect(), found.getBoundingClientRect()];
    element.scrollTop += inner.top + inner.height / 2 - (outer.top + outer.height / 2);
  }

  /** Brings it to the top, if it lies above what is seen. */
  revealIfAbove(selector: string): void {
    const { element } = this;
    const found = element?.querySelector(selector);
    if (!element || !found) return;
    const gap = found.getBoundingClientRect().top - element.getBoundingClientRect().top;
    if (gap < 0) element.scrollTop += gap - 8;
  }

  #inSight(element: HTMLElement): Element | null {
    const { left, top, width, height } = element.getBoundingClientRect();
    for (const part of [0.5, 0.3, 0.7]) {
      const at = document.elementsFromPoint(left + width / 2, top + height * part);
      const message = at.map((one) => one.closest('[data-message]')).find((one) => one !== null);
      if (message) return message;
    }
    return null;
  }
}
