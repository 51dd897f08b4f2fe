import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask } from '../../test/harness/client.ts';
import { inTenant } from '../../test/harness/many-conversations.ts';
import { LOGIN_CODE, ORDER_READY, SPRING_SALE } from '../../test/harness/templates.ts';
import { until } from '../../test/harness/until.ts';
import { SYNC_TEMPLATES } from '../conversations/sync-job.ts';
import { keepHouse } from '../messaging/housekeeping.ts';

const SYNC =
  'mutation($input: SyncTemplatesInput!) { syncTemplates(input: $input) { account { templatesSyncedAt } userErrors { code field } } }';
const FIELDS = `id name language category status quality parameterFormat header { kind text } body footer buttons { type text url }
  variables { place name kind label example } isSendable notSendableReason account { wabaId }`;
const LIST = `query($search: String, $category: TemplateCategory, $first: Int, $after: String) {
  templates(search: $search, category: $category, first: $first, after: $after) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`;

let app: TestApp;
let alpha: TestTenant;
let beta: TestTenant;
const as = (tenant: TestTenant, role: string, query: string, variables?: object) =>
  ask(app.url, { apiKey: tenant.apiKeys[role] as string }, query, variables);

beforeAll(async () => {
  const paused = { ...LOGIN_CODE, id: '5504', name: 'old_code', status: 'PAUSED' as const };
  app = await startTestApp({ templates: [ORDER_READY, SPRING_SALE, LOGIN_CODE, paused] });
  [alpha, beta] = app.tenants;
  await as(alpha, 'owner', SYNC, { input: { whatsappNumberId: alpha.numberId } });
});

afterAll(() => app.close());

describe('the templates of an account', () => {
  it('are read from Meta with all that has to be filled in', async () => {
    const { data } = await as(alpha, 'agent', LIST);
    expect(data?.templates.nodes.map((node: { name: string }) => node.name)).toEqual([
      'login_code',
      'old_code',
      'order_ready',
      'spring_sale',
    ]);
    expect(data?.templates.nodes[2]).toMatchObject({
      category: 'UTILITY',
      status: 'APPROVED',
      parameterFormat: 'POSITIONAL',
      header: null,
      body: 'Hi {{1}}, your order {{2}} is ready.',
      footer: 'Thank you',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Stop', url: null },
        { type: 'URL', text: 'Track', url: 'https://shop.example/t/{{1}}' },
      ],
      variables: [
        { place: 'BODY', name: '1', kind: 'TEXT', example: 'Ada' },
        { place: 'BODY', name: '2', kind: 'TEXT', example: 'A1' },
        { place: 'BUTTON', name: '1', kind: 'URL_ENDING', label: 'Track' },
      ],
      isSendable: true,
      notSendableReason: null,
      account: { wabaId: '9001' },
    });
    expect(data?.templates.nodes[3]).toMatchObject({ parameterFormat: 'NAMED', header: { kind: 'IMAGE', text: null } });
  });

  it('say why they cannot be sent', async () => {
    const { data } = await as(alpha, 'agent', LIST, { search: 'old' });
    expect(data?.templates.nodes).toMatchObject([{ status: 'PAUSED', isSendable: false, notSendableReason: 'PAUSED' }]);
  });

  it('are found by words of their text, by category, and page by page', async () => {
    const names = async (variables: object) =>
      (await as(alpha, 'agent', LIST, variables)).data?.templates.nodes.map((node: { name: string }) => node.name);
    expect(await names({ search: 'تخفيضات' })).toEqual(['spring_sale']);
    expect(await names({ search: '100%' })).toEqual([]);
    expect(await names({ category: 'MARKETING' })).toEqual(['spring_sale']);
    const first = (await as(alpha, 'agent', LIST, { first: 3 })).data?.templates;
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(await names({ first: 3, after: first.pageInfo.endCursor })).toEqual(['spring_sale']);
  });

  it('are no other tenant’s', async () => {
    expect((await as(beta, 'owner', LIST)).data?.templates.nodes).toEqual([]);
    const { data } = await as(beta, 'owner', SYNC, { input: { whatsappNumberId: alpha.numberId } });
    expect(data?.syncTemplates.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['whatsappNumberId'] }]);
  });

  it('change nothing when they are read again', async () => {
    const { data } = await as(alpha, 'owner', '{ eventCursor }');
    await as(alpha, 'owner', SYNC, { input: { whatsappNumberId: alpha.numberId } });
    const after = await as(alpha, 'owner', '{ eventCursor }');
    expect(after.data?.eventCursor).toBe(data?.eventCursor);
  });

  it('are read by those who manage templates only', async () => {
    const { errors } = await as(alpha, 'agent', SYNC, { input: { whatsappNumberId: alpha.numberId } });
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  it('say so in plain words when Meta cannot be asked', async () => {
    app.simulator.control.fault({ kind: 'answer', code: 190 }, { percent: 100, on: 'templates' });
    const { data } = await as(alpha, 'owner', SYNC, { input: { whatsappNumberId: alpha.numberId } });
    app.simulator.control.clearFaults();
    expect(data?.syncTemplates.userErrors[0]).toMatchObject({ code: 'META_REFUSED' });
  });

  it('are read once a day though nobody asks, those of an account that never was too', async () => {
    const age = (hours: number) =>
      inTenant(
        app,
        beta,
        `update whatsapp_account set created_at = now() - interval '${hours} hours', templates_synced_at = null`,
      );
    const names = async () => (await as(beta, 'owner', LIST)).data?.templates.nodes.map((node: { name: string }) => node.name);
    const jobs = async () =>
      (
        await app.services.database.jobs.query(
          'select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = $1',
          [SYNC_TEMPLATES],
        )
      ).rows;
    await age(0.5);
    await keepHouse(app.services);
    expect([await jobs(), await names()]).toEqual([[], []]);
    await age(2);
    await keepHouse(app.services);
    await until(async () => (await names()).length === 4);
  });
});
