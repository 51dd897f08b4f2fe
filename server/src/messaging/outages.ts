/** So many doubtful answers in a row are an outage and no accident. */
const OUTAGE = 3;
const PAUSE_MS = 1_000;
const PAUSE_MAX_MS = 30_000;

/**
 * Knows the numbers that WhatsApp answers with nothing but faults of its own. Each such answer costs a message that may have been sent, so such a number
 * rests, longer each time, and does not spend its queue on an outage.
 */
export class Outages {
  readonly #inRow = new Map<string, number>();

  /** One more doubtful answer to this number. Gives the ms for which it rests, or 0. */
  note(numberId: string): number {
    const inRow = (this.#inRow.get(numberId) ?? 0) + 1;
    this.#inRow.set(numberId, inRow);
    return inRow < OUTAGE ? 0 : Math.min(PAUSE_MS * 2 ** (inRow - OUTAGE), PAUSE_MAX_MS);
  }

  end(numberId: string): void {
    this.#inRow.delete(numberId);
  }
}
