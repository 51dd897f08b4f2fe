import type { Outcome } from './outcome.ts';
export async function benchLatency(): Promise<Outcome> {
  throw new Error('later');
}
