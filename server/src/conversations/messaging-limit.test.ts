import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask } from '../../test/harness/client.ts';
import { customersWrite } from '../../test/harness/customers.ts';
import { authenticate } from '../identity/authenticate.ts';
import { Context } from '../platform/context.ts';
import { tenantQuery } from '../platform/tenant-query.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { reserveOutreach } from './messaging-limit.ts';

const LIMIT = '{ whatsappNumbers { messagingLimit { limit used remaining resetsAt } } }';

let app: TestApp;
let alpha: TestTenant;
let contacts: string[];

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  tenantQuery(app.services.database.app, alpha.id, (query) => query<Row>(text, values));
const limitOf = async () =>
  (await ask(app.url, { apiKey: alpha.apiKeys['owner'] ?? '' }, LIMIT)).data?.whatsappNumbers[0].messagingLimit;

/** What a send to a closed window does before it is queued. */
async function reserve(contactId: string): Promise<string> {
  const ctx = new Context(app.services, await authenticate(app.services, { apiKey: alpha.apiKeys['owner'] ?? '' }), {
    id: 'test',
    address: '',
  });
  try {
    return await ctx
      .command((tx) => reserveOutreach(tx, alpha.numberId, contactId))
      .then(
        () => 'reserved',
        (error: unknown) => {
          if (error instanceof RuleBroken) return `${error.code}: ${error.message}`;
          throw error;
        },
      );
  } finally {
    await ctx.close();
  }
}

beforeAll(async () => {
  app = await startTestApp();
  [alpha] = app.tenants;
  await customersWrite(
    app,
    alpha,
    Array.from({ length: 8 }, (_, n) => ({ name: `Customer ${n}`, phone: `+49155500010${n}`, texts: [`Hello ${n}`] })),
  );
  contacts = (await sql<{ id: string }>('select id from contact order by id')).map(({ id }) => id);
});
afterAll(() => app.close());

beforeEach(async () => {
  await sql('delete from outreach');
  await sql('update whatsapp_account set messaging_limit = 5, portfolio_id = null');
});

describe('the messaging limit', () => {
  it('counts each customer once in a moving day, and says what is left', async () => {
    expect(await limitOf()).toEqual({ limit: 5, used: 0, remaining: 5, resetsAt: null });
    for (const contactId of [contacts[0], contacts[1], contacts[0]]) expect(await reserve(contactId ?? '')).toBe('reserved');
    const { resetsAt, ...figures } = await limitOf();
    expect(figures).toEqual({ limit: 5, used: 2, remaining: 3 });
    const inADay = Date.parse(resetsAt) - 24 * 3600_000;
    expect(Math.abs(inADay - app.services.clock.now().getTime())).toBeLessThan(60_000);
  });

  it('refuses one customer too many with the time at which there is room, and takes those who count already', async () => {
    for (const contactId of contacts.slice(0, 5)) await reserve(contactId);
    await sql(`update outreach set last_at = cube_now() - interval '23 hours' where contact_id = $1`, [contacts[3]]);
    const { resetsAt } = await limitOf();
    const refusal = await reserve(contacts[5] ?? '');
    expect(refusal).toContain('MESSAGING_LIMIT_REACHED: WhatsApp lets this business write first to 5 people in 24 hours');
    expect(refusal).toContain(resetsAt);
    expect(await reserve(contacts[1] ?? '')).toBe('reserved');
    await sql(`update outreach set last_at = cube_now() - interval '25 hours' where contact_id = $1`, [contacts[3]]);
    expect(await reserve(contacts[5] ?? '')).toBe('reserved');
  });

  it('stays exact when many write at once', async () => {
    const answers = await Promise.all(contacts.map((contactId) => reserve(contactId)));
    expect(answers.filter((answer) => answer === 'reserved')).toHaveLength(5);
    expect(await limitOf()).toMatchObject({ used: 5, remaining: 0 });
  });

  it('is one for all numbers of a business portfolio', async () => {
    await sql(`update whatsapp_account set portfolio_id = 'P1'`);
    await sql(
      `insert into outreach (portfolio, contact_id, last_at) values ('P1', $1, cube_now()), ('P2', $2, cube_now())`,
      contacts.slice(0, 2),
    );
    expect(await limitOf()).toMatchObject({ limit: 5, used: 1, remaining: 4 });
  });

  it('has no end where WhatsApp sets none', async () => {
    await sql('update whatsapp_account set messaging_limit = null');
    for (const contactId of contacts) expect(await reserve(contactId)).toBe('reserved');
    expect(await limitOf()).toMatchObject({ limit: null, used: 8, remaining: null });
  });
});
