import { performance } from 'node:perf_hooks';
import { Pacing } from '../whatsapp/pacing.ts';
import type { LinePace } from './number-line.ts';

/** The paces of this process: numbers of one speed share an instance. */
export class Paces {
  readonly #bySpeed = new Map<number, Pacing>();
  readonly #speeds = new Map<string, number>();

  /** Messages a second of this number, as far as is known. */
  speedOf(numberId: string): number {
    return this.#speeds.get(numberId) ?? 80;
  }

  learn(numberId: string, perSecond: number): void {
    this.#speeds.set(numberId, perSecond);
  }

  forget(numberId: string): void {
    this.#speeds.delete(numberId);
  }

  /** The pace as a line asks for it. */
  readonly line: LinePace = {
    take: (send) => this.#of(send.numberId).take(send.numberId, send.contactId, performance.now()),
    pairWaitMs: (send) => this.#of(send.numberId).pairWaitMs(send.numberId, send.contactId, performance.now()),
  };

  /** A send of this number that took its right leaves now. */
  left(numberId: string): void {
    this.#of(numberId).left(numberId, performance.now());
  }

  slow(numberId: string, retryAfterMs: number): void {
    this.#of(numberId).slow(numberId, performance.now(), retryAfterMs);
  }

  /** Gives the ms that the customer has to wait. */
  delayPair(numberId: string, contactId: string): number {
    return this.#of(numberId).delayPair(numberId, contactId, performance.now());
  }

  #of(numberId: string): Pacing {
    const perSecond = this.speedOf(numberId);
    let pacing = this.#bySpeed.get(perSecond);
    if (!pacing) this.#bySpeed.set(perSecond, (pacing = new Pacing({ perSecond })));
    return pacing;
  }
}
