import { setTimeout as sleep } from 'node:timers/promises';
import { WORK_BELL } from '../platform/bus.ts';
import type { Services } from '../platform/context.ts';
import { startJobs } from '../platform/jobs.ts';
import type { CloudApi } from '../whatsapp/cloud-api.ts';
import type { IngestStats } from './commit-bodies.ts';
import type { DeliverStats } from './deliver-stats.ts';
import { Deliverer } from './deliver.ts';
import { countedHouse, type Swept } from './housekeeping.ts';
import { Ingester } from './ingest.ts';
import { Promoter } from './outgoing/promoter.ts';
import { wakeUploads } from './media/wake-uploads.ts';
import { settleChanges } from './settle-changes.ts';
import { INBOX_BELL, type ReceivedBody } from './received-body.ts';
import { tasksOf } from './tasks.ts';

export interface WorkerParts {
  /** The worker owns it and closes it. */
  cloudApi: CloudApi;
  /** The bound in ms of the delay before a refused request is made again. Default 4,000. */
  firstDelayMs?: number;
  /** For how long in ms an answer to a send is waited for. Default 20,000. */
  timeoutMs?: number;
  /** Whether the Cloud API is Meta's own: then test numbers do not send. */
  isMeta?: boolean;
}

export interface Worker {
  /** Takes webhook bodies that this process has just stored. */
  take(bodies: readonly ReceivedBody[]): void;
  /** Finishes what is under way, for 10 s at most. */
  close(): Promise<void>;
  readonly stats: {
    ingest: Readonly<IngestStats>;
    deliver: Readonly<DeliverStats>;
    /** What became of the changes in webhooks, by `field|outcome`. */
    webhookChanges: ReadonlyMap<string, number>;
    swept: Readonly<Swept>;
  };
}

const LOOK_MS = 250;
const RECOVER_MS = 2_000;
const WAKE_MS = 10_000;
const SETTLE_MS = 60_000;
const HOUSE_MS = 3_600_000;
const DRAIN_MS = 9_000;

/** Starts the machine's side of a process: reads webhooks, sends what is queued, and keeps house. */
export function startWorker(services: Services, { cloudApi, isMeta, ...pace }: WorkerParts): Worker {
  const { bus, log } = services;
  const ingester = new Ingester(services);
  const deliverer = new Deliverer({ ...services, cloudApi, isMeta, ...pace });
  const promoter = new Promoter(services, () => deliverer.look());
  const look = () => [ingester, promoter, deliverer].forEach((each) => each.look());
  const unlisten = [bus.listen(WORK_BELL, () => deliverer.look()), bus.listen(INBOX_BELL, () => ingester.look({ fresh: true }))];
  const house = countedHouse(services);
  const jobs = startJobs(services.database.jobs, tasksOf({ ...services, cloudApi, isMeta: isMeta ?? false }), log);
  jobs.catch((error: unknown) => log.error({ err: error }, 'Jobs cannot be run.'));
  const timers = [
    setInterval(look, LOOK_MS),
    every(RECOVER_MS, () => deliverer.recover(), log),
    every(WAKE_MS, () => wakeUploads(services), log),
    every(SETTLE_MS, () => settleChanges(services, ingester.tenantsWithChanges()), log),
    every(HOUSE_MS, house.keep, log),
  ];
  void house.keep().catch((error: unknown) => log.warn({ err: error }, 'Housekeeping failed; it is tried again in an hour.'));
  return {
    take: (bodies) => ingester.take(bodies),
    get stats() {
      return { ingest: ingester.stats, deliver: deliverer.stats, webhookChanges: ingester.outcomes, swept: house.swept };
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      for (const stop of unlisten) stop();
      const drained = Promise.all([
        ingester.close(),
        promoter.close(),
        deliverer.close(),
        jobs.then((running) => running.stop()).catch(() => undefined),
      ]);
      // Requests that still hang are cut: written ones become UNCONFIRMED.
      await Promise.race([drained, sleep(DRAIN_MS, undefined, { ref: false })]);
      await cloudApi.destroy();
      await Promise.race([drained, sleep(1_000)]);
    },
  };
}

/** Runs something again and again, never twice at a time; what it throws is logged. */
function every(ms: number, run: () => Promise<unknown>, log: Services['log']): NodeJS.Timeout {
  let isRunning = false;
  return setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    void run()
      .catch((error: unknown) => log.warn({ err: error }, 'A regular task failed; it is tried again.'))
      .finally(() => (isRunning = false));
  }, ms);
}
