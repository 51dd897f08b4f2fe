import { numberDigest } from '../conversations/enter-number.ts';
import type { Query } from '../platform/query.ts';
import type { Line } from './updates.ts';

/** Numbers of this transaction left their tenants since we looked: whose they are has to be asked anew. */
export class LinesMoved extends Error {}

/** Throws `LinesMoved` unless all of these numbers are still connected where they were. */
export async function insistOnLines(query: Query, lines: readonly Line[]): Promise<void> {
  const [moved] = await query(
    `select from unnest($1::uuid[], $2::uuid[]) as line(tenant_id, id) join whatsapp_number n using (tenant_id, id) where n.status = 'DISCONNECTED'`,
    [lines.map((line) => line.tenantId), lines.map((line) => line.numberId)],
  );
  if (moved) throw new LinesMoved('A number left its tenant.');
}

const MOST_REMEMBERED = 10_000;

/** Remembers which tenant owns which of Meta's phone number ids. Unknown ids are asked for each time: a number may be connected any moment. */
export class Lines {
  readonly #known = new Map<string, Line>();

  /** Finds the owners of these ids; those that nobody here has are missing in the answer. */
  async find(query: Query, phoneNumberIds: ReadonlySet<string>): Promise<ReadonlyMap<string, Line>> {
    if (this.#known.size > MOST_REMEMBERED) this.forget();
    const unknown = [...phoneNumberIds].filter((id) => !this.#known.has(id));
    if (unknown.length) {
      const byDigest = new Map(unknown.map((id) => [numberDigest(id).toString('hex'), id]));
      const rows = await query<{ digest: Buffer; tenant_id: string; id: string }>(
        `select digest, tenant_id, id from lookup where kind = 'NUMBER' and digest = any($1::bytea[])`,
        [[...byDigest.keys()].map((hex) => Buffer.from(hex, 'hex'))],
      );
      for (const row of rows) {
        const id = byDigest.get(row.digest.toString('hex'));
        if (id !== undefined) this.#known.set(id, { tenantId: row.tenant_id, numberId: row.id });
      }
    }
    const found = new Map<string, Line>();
    for (const id of phoneNumberIds) {
      const line = this.#known.get(id);
      if (line) found.set(id, line);
    }
    return found;
  }

  /** Asks anew from here on, as after a fault that a number which moved would explain. */
  forget(): void {
    this.#known.clear();
  }
}
