import { createSecretKey, type KeyObject } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { appDigest } from '../conversations/enter-app.ts';
import type { Services } from '../platform/context.ts';
import { queryOn } from '../platform/query.ts';
import { place } from '../platform/sealed.ts';
import { tenantQuery } from '../platform/tenant-query.ts';
import { InboxUnavailable } from './receive-webhook.ts';

/** One tenant's word for an app of Meta's. Several may have entered the same app. */
export interface AppSecret {
  tenantId: string;
  secret: KeyObject;
  verifyToken: string;
}

const KEPT_MS = 10_000;
/** An app whose secret has just been entered or replaced is asked for anew, at most this often. */
export const FRESH_MS = 1_000;
const MOST_KEPT = 1_000;
/** Meta is answered within 2 s, also when the database hangs. */
const GIVE_UP_MS = 1_500;

interface Kept {
  readAt: number;
  secrets: Promise<readonly AppSecret[]>;
}

/** The secrets of tenants' own apps, kept for a moment. */
export class AppSecrets {
  readonly #parts: Pick<Services, 'database' | 'keys'>;
  readonly #kept = new Map<string, Kept>();

  constructor(parts: Pick<Services, 'database' | 'keys'>) {
    this.#parts = parts;
  }

  /**
   * Who has entered this app; nobody for an unknown one. What was read up to `maxAgeMs` ago may be given again. Throws `InboxUnavailable` when the
   * database is away or hangs.
   */
  async of(appId: string, maxAgeMs = KEPT_MS): Promise<readonly AppSecret[]> {
    const kept = this.#kept.get(appId);
    if (kept && performance.now() - kept.readAt <= maxAgeMs) {
      this.#keep(appId, kept);
      return kept.secrets;
    }
    const secrets = this.#readInTime(appId);
    this.#keep(appId, { readAt: performance.now(), secrets });
    secrets.catch(() => this.#kept.delete(appId));
    return secrets;
  }

  /** A Map keeps the order in which keys came: what was asked for last goes last, so that made-up ids push out one another. */
  #keep(appId: string, kept: Kept): void {
    this.#kept.delete(appId);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(appId, kept);
  }

  async #readInTime(appId: string): Promise<readonly AppSecret[]> {
    const late = sleep(GIVE_UP_MS, undefined, { ref: false }).then(() => {
      throw new Error('The database did not answer in time.');
    });
    try {
      return await Promise.race([this.#read(appId), late]);
    } catch (cause) {
      throw new InboxUnavailable('The secret of an app could not be read.', { cause });
    }
  }

  async #read(appId: string): Promise<AppSecret[]> {
    const { database, keys } = this.#parts;
    const found = await queryOn(database.app)<{ tenant_id: string; id: string }>(
      'select tenant_id, id from find_by_digest($1, $2)',
      ['APP', appDigest(appId)],
    );
    const secrets: AppSecret[] = [];
    for (const { tenant_id: tenantId, id } of found) {
      await tenantQuery(database.app, tenantId, async (query) => {
        await keys.loadTenants(query, [tenantId]);
        const [row] = await query<{ app_secret: Buffer; verify_token: Buffer }>(
          'select app_secret, verify_token from whatsapp_app where id = $1',
          [id],
        );
        if (!row) return;
        const open = (column: string, sealed: Buffer) => keys.open(tenantId, place(tenantId, 'whatsapp_app', column, id), sealed);
        secrets.push({
          tenantId,
          secret: createSecretKey(Buffer.from(open('app_secret', row.app_secret))),
          verifyToken: open('verify_token', row.verify_token),
        });
      });
    }
    return secrets;
  }
}
