const base = 500;
const cap = 15_000;

/** How long to wait before attempt number `attempt` (from 1), in milliseconds: full jitter, so that clients cut off together do not return together. */
export function jitteredWait(attempt: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(cap, base * 2 ** Math.min(attempt, 10)));
}
