import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { tenantBell } from '../platform/bus.ts';
import type { Services } from '../platform/context.ts';
import { queryOn } from '../platform/query.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import { Lines, LinesMoved } from './find-lines.ts';
import { type HeldLimits, HeldTenants } from './held-tenants.ts';
import { enterQuarantine } from './enter-quarantine.ts';
import { type InboxWork, readWork } from './inbox-work.ts';
import { quarantine } from './mark-bodies.ts';
import { ParkingNeeded } from './parking.ts';
import type { ReceivedBody } from './received-body.ts';
import { type SavedWindow, saveWindow } from './save-window.ts';
import type { Line } from './updates.ts';
import { DoneByOthers } from './window.ts';
import { faultOf, reasonOf } from './window-faults.ts';

export type IngestParts = Pick<Services, 'database' | 'keys' | 'bus' | 'log' | 'appendEvents'>;

export interface IngestStats {
  /** Transactions committed. */
  windows: number;
  messages: number;
  statuses: number;
  /** Pieces about numbers that nobody here has, and kinds we do not keep. */
  ignored: number;
  quarantined: number;
  /** Transactions that had to be run again. */
  reruns: number;
}

interface Batch {
  works: readonly InboxWork[];
  owners: ReadonlyMap<string, Line>;
  lockTimeoutMs: number;
}

const LOCK_TIMEOUT_MS = 1_000;
/** For one tenant alone, whose rows were held before. */
const SHORT_LOCK_TIMEOUT_MS = 100;
const MOST_RERUNS = 10;
const AWAY_MS = 250;
/** A tenant that had statuses of unknown messages will have more. */
const PARKING_MS = 30_000;

/**
 * Writes bodies, one transaction at a time. A transaction that others outran, or whose numbers have left their tenants, is run again; while the database is away it waits; a tenant whose
 * rows are held is set aside and tried alone; a batch that cannot be written is halved until the one that spoils it stands alone, which is quarantined.
 */
export class BodyCommitter {
  readonly stats: IngestStats = { windows: 0, messages: 0, statuses: 0, ignored: 0, quarantined: 0, reruns: 0 };
  /** What became of the changes that were read, by `field|outcome`. */
  readonly outcomes = new Map<string, number>();
  readonly held: HeldTenants;
  /** Tenants that had edits, revocations or replies lately, and when last. */
  readonly changedAt = new Map<string, number>();
  readonly #parts: IngestParts;
  readonly #lines = new Lines();
  readonly #parkingUntil = new Map<string, number>();
  #isStopped = false;

  constructor(parts: IngestParts, limits?: HeldLimits) {
    this.#parts = parts;
    this.held = new HeldTenants(limits);
  }

  /** From here on nothing waits for a database that is away: what is not written stays in the inbox. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Writes what these bodies say. Never throws. */
  async commit(bodies: readonly ReceivedBody[]): Promise<void> {
    const read = await this.#read(bodies);
    if (!read) return;
    const works = this.held.divert(read.works);
    if (works.length) await this.#save({ works, owners: read.owners, lockTimeoutMs: LOCK_TIMEOUT_MS });
  }

  /** Tries tenants again that were set aside, one by one. Never throws. */
  async retryHeld(): Promise<void> {
    for (let due = this.held.takeDue(); due; due = this.held.takeDue()) {
      const read = await this.#read(due.works.map((work) => work.body));
      if (read) await this.#save({ ...read, lockTimeoutMs: SHORT_LOCK_TIMEOUT_MS });
    }
  }

  async #read(bodies: readonly ReceivedBody[]): Promise<Omit<Batch, 'lockTimeoutMs'> | undefined> {
    for (let waits = 0; ; waits++) {
      try {
        return await readWork(queryOn(this.#parts.database.worker), this.#lines, bodies);
      } catch (error) {
        if (this.#isStopped) return undefined;
        await this.#away(waits, error);
      }
    }
  }

  async #save(batch: Batch): Promise<void> {
    for (let reruns = 0, waits = 0; ;) {
      try {
        this.#saved(await saveWindow(this.#parts, { ...batch, parkingTenants: this.#parkingTenants() }));
        return;
      } catch (error) {
        this.stats.reruns++;
        if (error instanceof DoneByOthers) {
          if (!error.rest.length) return;
          batch = { ...batch, works: error.rest as InboxWork[] };
          continue;
        }
        if (error instanceof ParkingNeeded) {
          for (const id of error.tenantIds) this.#parkingUntil.set(id, performance.now() + PARKING_MS);
          continue;
        }
        if (error instanceof LinesMoved) {
          this.#lines.forget();
          const read = await this.#read(batch.works.map((work) => work.body));
          if (!read) return;
          batch = { ...batch, ...read };
          continue;
        }
        const fault = faultOf(error);
        if (fault === 'away') {
          if (this.#isStopped) return;
          await this.#away(waits++, error);
        } else if (fault === 'again' && ++reruns <= MOST_RERUNS) await sleep(Math.random() * 5 * reruns);
        else return this.#recover(batch, fault, error);
      }
    }
  }

  /** Says so at first and then every 10 s. */
  async #away(waits: number, error: unknown): Promise<void> {
    if (waits % 40 === 0) this.#parts.log.warn({ err: error }, 'Webhooks wait for the database.');
    await sleep(AWAY_MS);
  }

  async #recover(batch: Batch, fault: string, error: unknown): Promise<void> {
    // A number that moved to another tenant would explain it too.
    this.#lines.forget();
    if (fault !== 'culprit') return this.#setAside(batch);
    const { works } = batch;
    const [culprit] = works;
    if (works.length > 1) {
      const middle = works.length >> 1;
      await this.#save({ ...batch, works: works.slice(0, middle) });
      await this.#save({ ...batch, works: works.slice(middle) });
    } else if (culprit) await this.#quarantine(culprit, error);
  }

  /** With several tenants in the batch, each tries for itself; one that is alone waits. */
  async #setAside(batch: Batch): Promise<void> {
    const byTenants = Map.groupBy(batch.works, (work) => [...work.tenants].sort().join());
    if (byTenants.size > 1) {
      for (const works of byTenants.values()) await this.#save({ ...batch, works, lockTimeoutMs: SHORT_LOCK_TIMEOUT_MS });
      return;
    }
    const [tenantId = ''] = batch.works[0]?.tenants ?? [];
    this.held.hold(tenantId, batch.works);
    this.#parts.log.warn({ tenantId, bodies: batch.works.length }, 'The rows of a tenant are held; its webhooks wait.');
  }

  async #quarantine(work: InboxWork, error: unknown): Promise<void> {
    const { body, tenants } = work;
    const fault = reasonOf(error);
    this.#parts.log.error({ err: error, webhook: body.id }, 'A webhook cannot be written and is quarantined.');
    this.stats.quarantined++;
    // If even this fails, the sweeper brings the body back.
    await tenantsQuery(this.#parts.database.worker, tenants, async (query) => {
      await quarantine(query, body.receivedOn, body.id, fault, work);
      await enterQuarantine(query, [{ ...work, fault }]);
    }).catch(() => undefined);
  }

  #saved({ works, messages, changes, statuses, ignored, quarantined, events }: SavedWindow): void {
    for (const { tenantId } of changes) this.changedAt.set(tenantId, performance.now());
    for (const { tenantId, replyToWamid } of messages)
      if (replyToWamid !== undefined) this.changedAt.set(tenantId, performance.now());
    this.stats.windows++;
    this.stats.messages += messages.length;
    this.stats.statuses += statuses.length;
    this.stats.ignored += ignored;
    this.stats.quarantined += quarantined;
    for (const { body, outcomes, strangers } of works) {
      for (const outcome of outcomes) this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
      if (strangers)
        this.#parts.log.warn(
          { webhook: body.id, signers: body.appTenants, strangers },
          'An app spoke of numbers that are not its own.',
        );
    }
    for (const tenantId of new Set(events.map((event) => event.tenantId))) this.#parts.bus.ring(tenantBell(tenantId));
  }

  #parkingTenants(): Set<string> {
    const now = performance.now();
    for (const [id, until] of this.#parkingUntil) if (until < now) this.#parkingUntil.delete(id);
    return new Set(this.#parkingUntil.keys());
  }
}
