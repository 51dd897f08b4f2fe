/** What time it is. Rules ask this instead of `new Date()`, so that one place decides what "now" means. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };
