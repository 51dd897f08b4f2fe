import { tick } from 'svelte';

const items = 'li, section.card';

/**
 * Remembers where the focus is, before something that disables its button or takes away what it stands in. The function it gives puts the focus back, or on
 * what took that place: whoever works by keyboard goes on from there.
 */
export function holdFocus(): () => Promise<void> {
  const was = document.activeElement;
  const item = was?.closest(items) ?? null;
  const list = item?.parentElement;
  const among = () => [...(list?.children ?? [])].filter((one) => one.matches(items));
  const place = item ? among().indexOf(item) : -1;
  return async () => {
    await tick();
    if (document.activeElement !== document.body || !(was instanceof HTMLElement)) return;
    if (was.isConnected && !was.matches(':disabled')) return was.focus();
    const now = list?.isConnected ? among() : [];
    const next = item?.isConnected ? item : (now[place] ?? now.at(-1));
    const to = next?.querySelector<HTMLElement>('button:enabled') ?? next?.querySelector<HTMLElement>('a[href]');
    (to ?? document.querySelector<HTMLElement>('h1'))?.focus();
  };
}
