import { hash, verify } from '@node-rs/argon2';
import { RuleBroken } from '../platform/user-errors.ts';

/** argon2id with OWASP's first recommendation: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Verified for unknown e-mails, so that they take as long as known ones. */
const DUMMY = hash('nobody has this password', COST);

/** Some ten seconds of work. */
const MOST_WAITING = 300;

let free = 2;
const waiting: (() => void)[] = [];

/** Hashes a password of 12 to 128 characters for storing. */
export function hashPassword(password: string): Promise<string> {
  return oneOfTwo(() => hash(password, COST));
}

/** True when the password is the one of this hash. Without a hash it takes as long and is false. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  const known = stored ?? (await DUMMY);
  const matches = await oneOfTwo(() => verify(known, password).catch(() => false));
  return matches && stored !== undefined;
}

/** At most two at once, and a short queue: a flood of sign-ins must not starve the machine of memory or threads. */
async function oneOfTwo<T>(run: () => Promise<T>): Promise<T> {
  if (waiting.length >= MOST_WAITING)
    throw new RuleBroken('RATE_LIMITED', 'Too many people sign in at this moment. Try again in a while.');
  if (free > 0) free--;
  else await new Promise<void>((turn) => waiting.push(turn));
  try {
    return await run();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}
