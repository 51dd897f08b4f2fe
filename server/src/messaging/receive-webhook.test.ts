import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textBody } from '../../test/harness/envelopes.ts';
import { createLine, openServices, type TestLine } from '../../test/harness/messaging.ts';
import { executeOn, TEST_CONNECTION } from '../../test/harness/execute-on.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { countOf, digestOf, pendingBodies, startReader } from '../../test/harness/reader.ts';
import { settle, until } from '../../test/harness/until.ts';
import type { Services } from '../platform/context.ts';
import { InboxUnavailable, WebhookInbox } from './receive-webhook.ts';
import { rotateInbox } from './rotate-inbox.ts';

let database: TestDatabase;
let services: Services;
let other: Services;
let line: TestLine;

beforeAll(async () => {
  database = await createDatabase();
  [services, other] = await Promise.all([openServices(database.address), openServices(database.address)]);
  line = await createLine(services);
});
afterAll(async () => {
  await Promise.all([services.database.close(), other.database.close()]);
  await database.drop();
});

const webhook = (n: number) => textBody(line.phoneNumberId, `wamid.${n}`, '4915550001', `text ${n}`);

describe('the webhook inbox', () => {
  it('keeps nothing of a body in the clear', async () => {
    const inbox = new WebhookInbox(services);
    const raw = textBody(line.phoneNumberId, 'wamid.secret', '4915550001', 'a canary in the mine');
    await inbox.store(raw, digestOf(raw));
    const { rows } = await services.database.worker.query<{ body: Buffer }>('select body from webhook_inbox');
    expect(rows).toHaveLength(1);
    for (const word of ['canary', '4915550001', 'wamid.secret']) expect(rows[0]?.body.includes(word)).toBe(false);
  });

  it('refuses within two seconds while the database hangs, and stores again after it', async () => {
    const inbox = new WebhookInbox(services);
    const blocker = await other.database.worker.connect();
    await blocker.query('begin');
    await blocker.query('lock table webhook_inbox in share row exclusive mode');
    const before = performance.now();
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => inbox.store(webhook(n), digestOf(webhook(n)))));
    expect(performance.now() - before).toBeLessThan(2_000);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(InboxUnavailable) as unknown });
    await blocker.query('rollback');
    blocker.release();
    await expect(inbox.store(webhook(50), digestOf(webhook(50)))).resolves.toBe('stored');
  });

  it('refuses within two seconds also what waited for a slow write before the database hung', async () => {
    const inbox = new WebhookInbox(services);
    const [slow, hung] = [await other.database.worker.connect(), await other.database.worker.connect()];
    const lock = 'lock table webhook_inbox in share row exclusive mode';
    await slow.query('begin');
    await slow.query(lock);
    const first = inbox.store(webhook(71), digestOf(webhook(71)));
    await settle(100);
    const before = performance.now();
    const second = inbox.store(webhook(72), digestOf(webhook(72))).catch((error: unknown) => error);
    await hung.query('begin');
    const hanging = hung.query(lock);
    await settle(1_000);
    await slow.query('rollback');
    expect(await first).toBe('stored');
    await hanging;
    expect(await second).toBeInstanceOf(InboxUnavailable);
    expect(performance.now() - before).toBeLessThan(2_000);
    await hung.query('rollback');
    for (const connection of [slow, hung]) connection.release();
  });

  it('refuses at once what comes while the database is gone, and loses nothing it has acknowledged', async () => {
    const reader = startReader(services);
    const burst = await createLine(services);
    const some = (n: number) => textBody(burst.phoneNumberId, `wamid.${n}`, '4915550001', `text ${n}`);
    const acknowledged = new Set<number>();
    let cut = 0;
    const posts = Array.from({ length: 300 }, async (_, n) => {
      await new Promise((resolve) => setTimeout(resolve, n));
      if (n % 60 === 30) {
        cut++;
        await executeOn(
          database.address,
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name <> '${TEST_CONNECTION}'`,
        );
      }
      // Meta comes again when it is not answered 200.
      for (let tries = 0; tries < 20 && !acknowledged.has(n); tries++) {
        await reader.post(some(n)).then(
          () => acknowledged.add(n),
          () => new Promise((resolve) => setTimeout(resolve, 20)),
        );
      }
    });
    await Promise.all(posts);
    expect([cut, acknowledged.size]).toEqual([5, 300]);
    await until(async () => {
      reader.ingester.look({ fresh: true });
      return (await pendingBodies(services)) === 0;
    });
    await reader.end();
    const { rows } = await services.database.worker.query<{ quarantined: string }>(
      'select quarantined from webhook_inbox where quarantined is not null',
    );
    expect(rows).toEqual([]);
    expect([await countOf(services, burst, 'message'), await countOf(services, burst, 'event')]).toEqual([300, 300]);
  });

  it('makes the partitions it needs', async () => {
    await executeOn(
      database.address,
      `do $$ declare t text; begin for t in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'webhook_inbox'::regclass loop execute format('drop table %I', t); end loop; end $$`,
    );
    const inbox = new WebhookInbox(services);
    await expect(inbox.store(webhook(1), digestOf(webhook(1)))).resolves.toBe('stored');
  });

  it('takes webhooks while a backup reads it, also when the day’s partition is missing', async () => {
    const partition = (days: number) => `'webhook_inbox_' || to_char((now() at time zone 'utc')::date + ${days}, 'YYYYMMDD')`;
    await executeOn(
      database.address,
      `do $$ declare d date := (now() at time zone 'utc')::date; begin
         execute format('drop table %I', ${partition(0)});
         execute format('drop table %I', ${partition(2)});
         execute format('create table %I partition of webhook_inbox for values from (%L) to (%L)', ${partition(-9)}, d - 9, d - 8);
       end $$`,
    );
    const partitions = async () => {
      const { rows } = await services.database.worker.query<{ is_there: boolean }>(
        `select to_regclass(name) is not null as is_there from unnest(array[${[0, 2, -9].map(partition).join()}]) as name`,
      );
      return rows.map((row) => row.is_there);
    };
    const backup = await other.database.worker.connect();
    await backup.query('begin');
    await backup.query('lock table webhook_inbox in access share mode');
    const inbox = new WebhookInbox(services);
    const rotated = rotateInbox(services.database.worker);
    for (const n of [61, 62]) await expect(inbox.store(webhook(n), digestOf(webhook(n)))).resolves.toBe('stored');
    expect(await rotated).toBe(false);
    expect(await partitions()).toEqual([true, true, true]);
    await backup.query('rollback');
    backup.release();
    expect(await rotateInbox(services.database.worker)).toBe(true);
    expect(await partitions()).toEqual([true, true, false]);
  });

  it('drops bodies and keys of days more than a week ago', async () => {
    await executeOn(
      database.address,
      `do $$ declare d date; begin foreach d in array array[current_date - 8, current_date - 7, date '2020-01-01'] loop
         execute format('create table if not exists %I partition of webhook_inbox for values from (%L) to (%L)', 'webhook_inbox_' || to_char(d, 'YYYYMMDD'), d, d + 1);
         insert into platform_key (id, kind, name, wrapped) values (gen_random_uuid(), 'WEBHOOK_DAY', to_char(d, 'YYYY-MM-DD'), '\\x00');
       end loop; end $$`,
    );
    await rotateInbox(services.database.worker);
    const { rows } = await services.database.worker.query(
      `select current_date - d::date as age, to_regclass('webhook_inbox_' || to_char(d, 'YYYYMMDD')) is not null as has_bodies,
         exists (select from platform_key where kind = 'WEBHOOK_DAY' and name = to_char(d, 'YYYY-MM-DD')) as has_key
       from unnest(array[current_date - 7, current_date - 8, date '2020-01-01']) as d`,
    );
    expect(rows).toEqual([
      { age: 7, has_bodies: true, has_key: true },
      { age: 8, has_bodies: false, has_key: false },
      { age: expect.any(Number) as number, has_bodies: false, has_key: false },
    ]);
  });
});
