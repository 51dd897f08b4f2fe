import { on } from 'svelte/events';
import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const stops = [on(window, 'focus', update), on(window, 'blur', update), on(document, 'visibilitychange', update)];
  return () => stops.forEach((stop) => stop());
});

/** Whether somebody is looking at this page: it is visible and has the focus. Reactive. */
export function isWatched(): boolean {
  subscribe();
  return document.visibilityState === 'visible' && document.hasFocus();
}
