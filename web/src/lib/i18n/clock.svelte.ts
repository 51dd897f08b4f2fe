import { createSubscriber } from 'svelte/reactivity';

const step = 15_000;

let now = Date.now();

const subscribe = createSubscriber((update) => {
  now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
    update();
  }, step);
  return () => clearInterval(timer);
});

/** The time in milliseconds; whoever reads it in a component is shown it again every 15 s, and the timer runs only while somebody does. */
export function currentTime(): number {
  subscribe();
  return now;
}
