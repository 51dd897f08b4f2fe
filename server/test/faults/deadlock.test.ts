import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ByHand, startByHand } from '../harness/by-hand.ts';
import { connect, type Connection } from '../harness/connect.ts';
import { until } from '../harness/until.ts';

let at: ByHand;
let other: Connection;
let owner: Connection;
beforeAll(async () => {
  at = await startByHand();
  owner = await connect(at.app.address);
  other = await connect(at.app.address, 'cube_app');
  await other.see(at.tenant.id);
});
afterAll(async () => {
  await other.end();
  await owner.end();
  await at.close();
});

const schedule = (text: string) =>
  at.send(text, { scheduledAt: new Date(Date.now() + 3_600_000).toISOString(), timeZone: 'UTC' });
const cancel = (messageId: string) => at.change('cancelMessage', { messageId });
const cancelled = (id: string) => at.sql(`select from event where subject_id = $1 and status = 'CANCELLED'`, [id]);

const WAITING = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> $1`;

describe('a command that others are in the way of', () => {
  it('is run again after a deadlock, and has happened once', async () => {
    const id = await schedule('in a circle');
    const [mine] = await other.rows<{ pid: number }>('select pg_backend_pid() as pid');
    await other.rows('begin');
    await other.rows('select from conversation where id = $1 for update', [at.conversationId]);
    // It locks the message, and waits for the conversation…
    const answer = cancel(id);
    await until(async () => (await owner.rows(WAITING, [mine?.pid])).length === 1);
    // … while this waits for the message: who waited first gives up first, after a second.
    await other.rows('select from message where id = $1 for update', [id]);
    await other.rows('commit');
    expect(await answer).toEqual({ message: { id, status: 'CANCELLED' }, userErrors: [] });
    expect(await cancelled(id)).toHaveLength(1);
    await until(async () => {
      const [row] = await owner.rows<{ deadlocks: number }>(
        'select deadlocks::int from pg_stat_database where datname = current_database()',
      );
      return row?.deadlocks === 1;
    });
  });

  /** Makes every cancellation fail with this code for so many times, and tells how often it was tried. */
  async function failing(code: string, times: number): Promise<() => Promise<number>> {
    await owner.rows('drop sequence if exists tries cascade');
    await owner.rows('create sequence tries');
    await owner.rows('grant usage on sequence tries to cube_app');
    // A sequence counts on when a transaction is taken back.
    await owner.rows(`create or replace function fail_first() returns trigger language plpgsql as $$ begin
      if new.status = 'CANCELLED' and nextval('tries') <= ${times} then raise exception using errcode = '${code}', message = 'not now'; end if;
      return new; end $$`);
    await owner.rows('create or replace trigger fail_first before update on message for each row execute function fail_first()');
    return async () => {
      const [row] = await owner.rows<{ tries: number }>('select last_value::int as tries from tries');
      return row?.tries ?? 0;
    };
  }

  it('is run again after a serialization failure', async () => {
    const id = await schedule('twice in vain');
    const tries = await failing('40001', 2);
    expect(await cancel(id)).toMatchObject({ message: { status: 'CANCELLED' }, userErrors: [] });
    expect(await tries()).toBe(3);
    expect(await cancelled(id)).toHaveLength(1);
  });

  it('is given up after a few runs', async () => {
    const id = await schedule('always in vain');
    const tries = await failing('40P01', 100);
    await expect(cancel(id)).rejects.toThrow('INTERNAL_SERVER_ERROR');
    expect(await tries()).toBe(5);
    expect(await cancelled(id)).toEqual([]);
  });

  it('is not run again after any other fault', async () => {
    const id = await schedule('once in vain');
    const tries = await failing('55000', 1);
    await expect(cancel(id)).rejects.toThrow('INTERNAL_SERVER_ERROR');
    expect(await tries()).toBe(1);
  });
});
