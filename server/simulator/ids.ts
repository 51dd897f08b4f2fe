import { randomInt } from 'node:crypto';

// Never drawn from the seed: ids must differ from those of an earlier run.
let last = randomInt(10 ** 9, 2 ** 40);

/** A new id as Meta gives them to templates and files: digits. */
export function newId(): string {
  last += 1 + randomInt(1_000);
  return `1${String(last).padStart(15, '0')}`;
}
