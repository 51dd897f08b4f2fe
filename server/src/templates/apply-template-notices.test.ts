import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask, postWebhook, socket, until } from '../../test/harness/client.ts';
import { tenantQuery } from '../platform/tenant-query.ts';
import { LOGIN_CODE, ORDER_READY, SPRING_SALE } from '../../test/harness/templates.ts';

const SHOWN = 'id name status quality category rejectedReason statusNote upcomingCategory upcomingAt body';
const LIST = `query($search: String) { templates(search: $search) { nodes { ${SHOWN} } } }`;

let app: TestApp;
let alpha: TestTenant;
let beta: TestTenant;
const LATER = Math.floor(Date.now() / 1000) - 3600;

const as = async (tenant: TestTenant, query: string, variables?: object) =>
  (await ask(app.url, { apiKey: tenant.apiKeys['owner'] as string }, query, variables)).data;
const read = async (name: string, tenant = alpha) => (await as(tenant, LIST, { search: name }))?.templates.nodes[0];
const cursor = async () => (await as(alpha, '{ eventCursor }'))?.eventCursor;

/** Meta says something about a template at a time in unix seconds. */
async function say(
  template: { id?: string; name: string; language: string },
  field: string,
  value: object,
  time: number,
): Promise<void> {
  const ids = {
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language.replace('_', '-'),
  };
  const entry = { id: '9001', time, changes: [{ field, value: { ...ids, ...value } }] };
  expect(await postWebhook(app.url, JSON.stringify({ object: 'whatsapp_business_account', entry: [entry] }))).toBe(200);
}
const status = (event: string, more: object = {}) => ({ event, reason: 'NONE', ...more });
const STATUS = 'message_template_status_update';

beforeAll(async () => {
  app = await startTestApp({ templates: [ORDER_READY, SPRING_SALE, LOGIN_CODE] });
  [alpha, beta] = app.tenants;
  for (const tenant of [alpha, beta]) {
    await as(tenant, 'mutation($id: ID!) { syncTemplates(input: { whatsappNumberId: $id }) { userErrors { code } } }', {
      id: tenant.numberId,
    });
    // Read long ago, so that news of the last hour are news.
    await tenantQuery(app.services.database.app, tenant.id, (query) =>
      query(`update template set status_at = '-infinity', quality_at = '-infinity', category_at = '-infinity'`),
    );
  }
});

afterAll(() => app.close());

describe('what Meta says about a template', () => {
  it('is followed in every tenant that has connected the account, and told to those who listen', async () => {
    const heard: { status: string; template: { name: string } }[] = [];
    const client = socket(app.url, { apiKey: alpha.apiKeys['agent'] as string });
    client.subscribe(
      {
        query: 'subscription($after: Cursor) { templateChanged(after: $after) { status template { name } } }',
        variables: { after: await cursor() },
      },
      {
        next: ({ data }) => void heard.push((data as { templateChanged: (typeof heard)[number] }).templateChanged),
        error: () => undefined,
        complete: () => undefined,
      },
    );
    await say(
      ORDER_READY,
      STATUS,
      status('PAUSED', { other_info: { title: 'FIRST_PAUSE', description: 'Paused for 3 hours.' } }),
      LATER,
    );
    await until(() => heard.length > 0);
    expect(heard).toEqual([{ status: 'PAUSED', template: { name: 'order_ready' } }]);
    expect(await read('order_ready')).toMatchObject({ status: 'PAUSED', statusNote: 'Paused for 3 hours.' });
    await until(async () => (await read('order_ready', beta)).status === 'PAUSED');
    await client.dispose();
  });

  it('changes nothing when it comes again, or late', async () => {
    const before = await cursor();
    await say(
      ORDER_READY,
      STATUS,
      status('PAUSED', { other_info: { title: 'FIRST_PAUSE', description: 'Paused for 3 hours.' } }),
      LATER,
    );
    await say(ORDER_READY, STATUS, status('REJECTED', { reason: 'SCAM' }), LATER - 60);
    await say(ORDER_READY, STATUS, status('PENDING'), LATER);
    // What is said last is seen when something newer is.
    await say(SPRING_SALE, STATUS, status('PAUSED'), LATER);
    await until(async () => (await read('spring_sale')).status === 'PAUSED');
    expect(await read('order_ready')).toMatchObject({ status: 'PAUSED', rejectedReason: null });
    const events = await as(
      alpha,
      'query($after: Cursor) { events(after: $after, kinds: [TEMPLATE_CHANGED]) { nodes { subjectId } } }',
      {
        after: before,
      },
    );
    expect(events?.events.nodes).toHaveLength(1);
  });

  it('tells why it was rejected, and that a warning is no change', async () => {
    await say(ORDER_READY, STATUS, status('FLAGGED'), LATER + 10);
    await say(
      ORDER_READY,
      STATUS,
      status('REJECTED', { reason: 'INVALID_FORMAT', rejection_info: { reason: 'Odd.', recommendation: 'Change it.' } }),
      LATER + 20,
    );
    await until(async () => (await read('order_ready')).status === 'REJECTED');
    expect(await read('order_ready')).toMatchObject({ rejectedReason: 'INVALID_FORMAT', statusNote: 'Odd. Change it.' });
    await say(ORDER_READY, STATUS, status('REINSTATED'), LATER + 30);
    await until(async () => (await read('order_ready')).status === 'APPROVED');
    expect(await read('order_ready')).toMatchObject({ rejectedReason: null, statusNote: null });
  });

  it('follows quality and categories, those to come too', async () => {
    await say(
      SPRING_SALE,
      'message_template_quality_update',
      { previous_quality_score: 'GREEN', new_quality_score: 'YELLOW' },
      LATER,
    );
    await say(
      LOGIN_CODE,
      'template_category_update',
      { new_category: 'AUTHENTICATION', correct_category: 'MARKETING', category_update_timestamp: LATER + 999 },
      LATER,
    );
    await until(async () => (await read('login_code')).upcomingCategory);
    expect(await read('login_code')).toMatchObject({
      category: 'AUTHENTICATION',
      upcomingCategory: 'MARKETING',
      upcomingAt: new Date((LATER + 999) * 1000).toISOString(),
    });
    expect((await read('spring_sale')).quality).toBe('YELLOW');
    await say(
      LOGIN_CODE,
      'template_category_update',
      { previous_category: 'AUTHENTICATION', new_category: 'MARKETING' },
      LATER + 1000,
    );
    await until(async () => (await read('login_code')).category === 'MARKETING');
    expect((await read('login_code')).upcomingCategory).toBeNull();
  });

  it('has the account read anew when its text was changed, or nobody here knows it', async () => {
    app.simulator.control.addTemplate({ ...LOGIN_CODE, id: '5599', name: 'made_elsewhere' });
    await say({ id: '5599', name: 'made_elsewhere', language: 'en_US' }, STATUS, status('APPROVED'), LATER);
    await until(async () => (await read('made_elsewhere'))?.status === 'APPROVED', 10_000);
  });
});
