import { setTimeout as sleep } from 'node:timers/promises';
import { tenantBell } from '../platform/bus.ts';
import type { Services } from '../platform/context.ts';
import { GroupCommit } from './group-commit.ts';
import { type Outcome, recordOutcomes } from './record-outcomes.ts';
import { faultOf } from './window-faults.ts';

const LOCK_TIMEOUT_MS = 1_000;
const AWAY_MS = 250;
const HELD_MS = 500;
const MOST_RERUNS = 10;
/** The wait between transactions while outcomes come side by side: fewer and larger ones cost each message less. */
const GATHER_MS = 10;

/**
 * Records outcomes in groups, and does not let go of one: what WhatsApp answered exists in this memory alone. What a tenant's long transaction
 * holds up waits by itself.
 */
export class OutcomeRecorder {
  readonly #parts: Pick<Services, 'database' | 'keys' | 'bus' | 'log' | 'appendEvents'>;
  readonly #group = new GroupCommit<Outcome, void>({
    gatherMs: GATHER_MS,
    write: async (outcomes) => {
      await this.#record(outcomes);
      return [];
    },
  });
  #isStopped = false;

  constructor(parts: Pick<Services, 'database' | 'keys' | 'bus' | 'log' | 'appendEvents'>) {
    this.#parts = parts;
  }

  /** Resolves once the outcome is committed, or given up because the process ends while the database is away. Never rejects. */
  record(outcome: Outcome): Promise<void> {
    return this.#group.add(outcome);
  }

  /** From here on nothing waits for a database that is away. What is not recorded becomes UNCONFIRMED when its lease ends. */
  stop(): void {
    this.#isStopped = true;
  }

  async #record(outcomes: Outcome[]): Promise<void> {
    for (let reruns = 0, waits = 0; ;) {
      try {
        const events = await recordOutcomes(this.#parts, outcomes, LOCK_TIMEOUT_MS);
        for (const tenantId of new Set(events.map((event) => event.tenantId))) this.#parts.bus.ring(tenantBell(tenantId));
        return;
      } catch (error) {
        const fault = faultOf(error);
        if (fault === 'away') {
          if (this.#isStopped) return;
          if (waits++ % 40 === 0) this.#parts.log.warn({ err: error }, 'Recording sends waits for the database.');
          await sleep(AWAY_MS);
        } else if (fault === 'again' && ++reruns <= MOST_RERUNS) await sleep(Math.random() * 5 * reruns);
        else if (outcomes.length > 1) return this.#recordApart(outcomes);
        else return this.#recordAlone(outcomes[0] as Outcome, fault, error);
      }
    }
  }

  async #recordApart(outcomes: Outcome[]): Promise<void> {
    const middle = outcomes.length >> 1;
    await this.#record(outcomes.slice(0, middle));
    await this.#record(outcomes.slice(middle));
  }

  async #recordAlone(outcome: Outcome, fault: string, error: unknown): Promise<void> {
    const message = outcome.send.messageId;
    if (fault === 'held' && !this.#isStopped) {
      // Not awaited: whoever holds these rows shall hold up nobody else.
      void sleep(HELD_MS).then(() => this.record(outcome));
      return;
    }
    this.#parts.log.error({ err: error, message }, 'The outcome of a send cannot be recorded.');
    // Most likely another message has this id already. Without one no status can confirm the send, so a person has to look: it may have gone out.
    if (outcome.end.kind === 'accepted') await this.#record([{ ...outcome, end: { kind: 'unconfirmed' } }]);
  }
}
