import { randomUUID } from 'node:crypto';
import { sampleOf } from '../../simulator/samples.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask, until } from '../../test/harness/client.ts';
import { upload } from '../../test/harness/media.ts';
import { LOGIN_CODE, ORDER_READY } from '../../test/harness/templates.ts';
import { tenantQuery } from '../platform/tenant-query.ts';

const SHOWN = 'id name status category rejectedReason statusNote body quality';
const CREATE = `mutation($input: CreateTemplateInput!) { createTemplate(input: $input) { template { ${SHOWN} } userErrors { code message field } } }`;
const SUBMIT = `mutation($id: ID!) { submitTemplate(input: { templateId: $id }) { template { ${SHOWN} } userErrors { code message field } } }`;
const EDIT = `mutation($input: EditTemplateInput!) { editTemplate(input: $input) { template { ${SHOWN} } userErrors { code message field } } }`;
const DELETE =
  'mutation($id: ID!) { deleteTemplate(input: { templateId: $id }) { deletedId userErrors { code message field } } }';
const UNPAUSE =
  'mutation($id: ID!) { unpauseTemplate(input: { templateId: $id }) { template { status statusNote mayBeUnpaused } userErrors { code message field } } }';
const SYNC = 'mutation($id: ID!) { syncTemplates(input: { whatsappNumberId: $id }) { userErrors { code message } } }';
const SEND =
  'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } userErrors { code message field } } }';
const READ = `query($id: ID!) { template(id: $id) { ${SHOWN} mayBeUnpaused } }`;

let app: TestApp;
let alpha: TestTenant;
let serial = 0;

async function asOwner(query: string, variables?: object) {
  const { data, errors } = await ask(app.url, { apiKey: alpha.apiKeys['owner'] as string }, query, variables);
  expect(errors).toBeUndefined();
  return data;
}

const draft = (more: object = {}) => ({
  whatsappNumberId: alpha.numberId,
  name: `news_${++serial}`,
  language: 'en_US',
  category: 'UTILITY',
  body: { text: 'Hello {{1}}, here you are.', examples: [{ name: '1', value: 'Ada' }] },
  idempotencyKey: randomUUID(),
  ...more,
});
const create = async (more?: object) => (await asOwner(CREATE, { input: draft(more) }))?.createTemplate;
const read = async (id: string) => (await asOwner(READ, { id }))?.template;
const becomes = (id: string, status: string) => until(async () => ((await read(id))?.status === status ? read(id) : null), 8_000);
const idOf = async (name: string) => {
  const data = await asOwner('query($search: String) { templates(search: $search) { nodes { id name } } }', { search: name });
  return data?.templates.nodes.find((node: { name: string }) => node.name === name)?.id as string;
};

beforeAll(async () => {
  app = await startTestApp({ templates: [ORDER_READY, { ...LOGIN_CODE, name: 'stopped', status: 'DISABLED' }] });
  [alpha] = app.tenants;
  await asOwner(SYNC, { id: alpha.numberId });
});

beforeEach(() => app.simulator.control.clearFaults());
afterAll(() => app.close());

describe('a new template', () => {
  it('goes to Meta and is pending until Meta has judged it', async () => {
    const { template, userErrors } = await create();
    expect(userErrors).toEqual([]);
    expect(template.status).toMatch(/PENDING|APPROVED/);
    await asOwner(SYNC, { id: alpha.numberId });
    expect(await becomes(template.id, 'APPROVED')).toMatchObject({ body: 'Hello {{1}}, here you are.', category: 'UTILITY' });
  });

  it('that Meta rejects says why', async () => {
    const { template } = await create({ name: 'please_reject' });
    await app.simulator.control.settle();
    await asOwner(SYNC, { id: alpha.numberId });
    expect((await becomes(template.id, 'REJECTED')).rejectedReason).toMatch(/^[A-Z_]+$/);
  });

  it('may be a draft that is changed and submitted later', async () => {
    const { template } = await create({ isDraft: true });
    expect(template.status).toBe('DRAFT');
    const body = { text: 'Hello {{1}}, that is better.', examples: [{ name: '1', value: 'Ada' }] };
    const edited = (await asOwner(EDIT, { input: { templateId: template.id, body } }))?.editTemplate;
    expect(edited).toMatchObject({ template: { status: 'DRAFT', body: body.text }, userErrors: [] });
    const sent = (await asOwner(SUBMIT, { id: template.id }))?.submitTemplate;
    expect(sent.template.status).toMatch(/PENDING|APPROVED/);
    expect((await asOwner(SUBMIT, { id: template.id }))?.submitTemplate.userErrors).toMatchObject([{ code: 'TOO_LATE' }]);
  });

  it('with a picture shows it to Meta, and sends it where no other is chosen', async () => {
    const { bytes, mimeType: type, fileName } = sampleOf('png');
    const apiKey = alpha.apiKeys['agent'] as string;
    const { body: uploaded } = await upload(app.url, { apiKey }, { bytes, type, fileName, fields: { kind: 'IMAGE' } });
    const header = { kind: 'IMAGE', headerMediaId: uploaded.media.id };
    expect((await create({ header: { ...header, kind: 'VIDEO' } })).userErrors).toMatchObject([
      { code: 'MEDIA_TYPE_NOT_ALLOWED' },
    ]);
    const { template, userErrors } = await create({ name: 'with_picture', category: 'MARKETING', header });
    expect(userErrors).toEqual([]);
    await becomes(template.id, 'APPROVED');
    const { components } = app.simulator.control.templates('9001').find(({ name }) => name === 'with_picture') ?? {};
    expect(components?.[0]).toMatchObject({
      type: 'HEADER',
      format: 'IMAGE',
      example: { header_handle: [expect.stringMatching(/^4::/)] },
    });
    const kept = await asOwner('query($id: ID!) { template(id: $id) { headerMedia { id kind status } } }', { id: template.id });
    expect(kept?.template).toEqual({ headerMedia: { id: uploaded.media.id, kind: 'IMAGE', status: 'STORED' } });
    const input = {
      to: '+966509990001',
      whatsappNumberId: alpha.numberId,
      template: { templateId: template.id, body: [{ name: '1', value: 'Ada' }] },
      idempotencyKey: randomUUID(),
    };
    const sent = (await asOwner(SEND, { input }))?.sendMessage;
    expect(sent.userErrors).toEqual([]);
    await until(() => app.simulator.control.accepted.some(({ opaque }) => opaque === sent.message.id), 10_000);
    const { data } = await ask(app.url, { apiKey }, 'query($id: ID!) { message(id: $id) { text media { kind } } }', {
      id: sent.message.id,
    });
    expect(data?.message).toEqual({ text: 'Hello Ada, here you are.', media: { kind: 'IMAGE' } });
  });

  it('is made once for one idempotency key', async () => {
    const input = draft();
    const [first, second] = await Promise.all([asOwner(CREATE, { input }), asOwner(CREATE, { input })]);
    const ids = [first, second].map((data) => data?.createTemplate.template?.id).filter(Boolean);
    expect(new Set(ids).size).toBe(1);
    const again = (await asOwner(CREATE, { input }))?.createTemplate;
    expect(again).toMatchObject({ template: { id: ids[0] }, userErrors: [] });
  });

  it.each([
    [
      'a body that ends with a variable',
      { body: { text: 'Hello {{1}}', examples: [{ name: '1', value: 'Ada' }] } },
      'BAD_INPUT',
      ['body', 'text'],
    ],
    ['a variable without an example', { body: { text: 'Hello {{1}}, you.' } }, 'BAD_INPUT', ['body', 'examples']],
    ['a long footer', { footer: 'x'.repeat(61) }, 'TEXT_TOO_LONG', ['footer']],
    ['a bad name', { name: 'No Such Name' }, 'BAD_INPUT', ['name']],
    ['a page without an address', { buttons: [{ type: 'URL', text: 'Look' }] }, 'BAD_INPUT', ['buttons', '0', 'url']],
    ['a picture without a file', { header: { kind: 'IMAGE' } }, 'BAD_INPUT', ['header', 'headerMediaId']],
    ['a name that is taken', { name: 'order_ready' }, 'BAD_INPUT', ['name']],
  ])('is refused before Meta refuses it for %s', async (_why, more, code, field) => {
    expect((await create(more)).userErrors).toMatchObject([{ code, field }]);
  });

  it('goes to Meta once when two ask for it at once', async () => {
    const asked = draft();
    app.simulator.control.fault({ kind: 'delay', ms: 500 }, { percent: 100, on: 'templates' });
    const submit = async () => (await asOwner(CREATE, { input: asked }))?.createTemplate;
    const answers = await Promise.all([submit(), submit(), submit()]);
    app.simulator.control.clearFaults();
    expect(answers.map(({ userErrors }) => userErrors)).toEqual([[], [], []]);
    expect(new Set(answers.map(({ template }) => template.id)).size).toBe(1);
    expect(await becomes(answers[0].template.id, 'APPROVED')).toMatchObject({ statusNote: null });
    expect(app.simulator.control.templates().filter(({ name }) => name === asked.name)).toHaveLength(1);
  });

  it('that Meta refuses stays as a draft with Meta’s words', async () => {
    app.simulator.control.fault({ kind: 'answer', code: 100 }, { percent: 100, on: 'templates' });
    const input = draft();
    const refused = (await asOwner(CREATE, { input }))?.createTemplate;
    app.simulator.control.clearFaults();
    expect(refused.userErrors).toMatchObject([{ code: 'META_REFUSED' }]);
    const id = await idOf(input.name);
    expect(await read(id)).toMatchObject({ status: 'DRAFT', statusNote: refused.userErrors[0].message });
    expect((await asOwner(CREATE, { input }))?.createTemplate).toMatchObject({ template: { id }, userErrors: [] });
  });

  it('whose answer was lost is found by reading the account anew', async () => {
    app.simulator.control.fault({ kind: 'drop' }, { percent: 100, on: 'templates' });
    const input = draft();
    expect((await asOwner(CREATE, { input }))?.createTemplate.userErrors).toMatchObject([{ code: 'META_UNREACHABLE' }]);
    app.simulator.control.clearFaults();
    const id = await idOf(input.name);
    expect((await becomes(id, 'APPROVED')).name).toBe(input.name);
  });
});

describe('a template that Meta has', () => {
  it('is edited once a day while it is approved, and never its category', async () => {
    const templateId = await idOf('order_ready');
    const body = {
      text: 'Hi {{1}}, order {{2}} waits for you.',
      examples: [
        { name: '1', value: 'Ada' },
        { name: '2', value: 'A1' },
      ],
    };
    const edit = async (more: object) => (await asOwner(EDIT, { input: { templateId, body, ...more } }))?.editTemplate;
    expect((await edit({ category: 'MARKETING' })).userErrors).toMatchObject([{ code: 'TEMPLATE_LOCKED', field: ['category'] }]);
    expect((await edit({})).userErrors).toEqual([]);
    await app.simulator.control.settle();
    await asOwner(SYNC, { id: alpha.numberId });
    await becomes(templateId, 'APPROVED');
    expect((await edit({})).userErrors).toMatchObject([{ code: 'TEMPLATE_LOCKED', field: ['templateId'] }]);
    expect((await read(templateId)).body).toBe(body.text);
  });

  it('can be deleted, but not once it was disabled', async () => {
    expect((await asOwner(DELETE, { id: await idOf('stopped') }))?.deleteTemplate.userErrors).toMatchObject([
      { code: 'TEMPLATE_LOCKED' },
    ]);
    const { template } = await create({ name: 'soon_gone' });
    expect((await asOwner(DELETE, { id: template.id }))?.deleteTemplate).toEqual({ deletedId: template.id, userErrors: [] });
    expect(await read(template.id)).toMatchObject({ status: 'DELETED' });
    expect((await asOwner(DELETE, { id: template.id }))?.deleteTemplate.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

describe('a paused template', () => {
  const unpause = async (id: string) => (await asOwner(UNPAUSE, { id }))?.unpauseTemplate;
  const pause = async (name: string, kind: 'FIRST_PAUSE' | 'RATE_LIMITING_PAUSE') => {
    const { template } = await create({ name });
    await becomes(template.id, 'APPROVED');
    app.simulator.control.setTemplate({ wabaId: '9001', name, language: 'en_US' }, { status: 'PAUSED', pause: kind });
    return becomes(template.id, 'PAUSED');
  };

  it('is sent again when its pause was one of pacing', async () => {
    const paused = await pause('paced', 'RATE_LIMITING_PAUSE');
    expect(paused).toMatchObject({ mayBeUnpaused: true, statusNote: 'Paused while it was paced.' });
    app.simulator.control.fault({ kind: 'answer', code: 100 }, { next: 1, on: 'templates' });
    expect(await unpause(paused.id)).toMatchObject({ template: null, userErrors: [{ code: 'META_REFUSED' }] });
    expect((await read(paused.id)).status).toBe('PAUSED');
    expect(await unpause(paused.id)).toMatchObject({ template: { status: 'APPROVED', mayBeUnpaused: false }, userErrors: [] });
    expect((await unpause(paused.id)).userErrors).toMatchObject([
      { code: 'TEMPLATE_LOCKED', message: 'This template is not paused.' },
    ]);
  });

  it('waits when its pause is one of quality', async () => {
    const paused = await pause('disliked', 'FIRST_PAUSE');
    expect(paused.mayBeUnpaused).toBe(false);
    expect((await unpause(paused.id)).userErrors).toMatchObject([
      { code: 'TEMPLATE_LOCKED', message: expect.stringContaining('3 hours'), field: ['templateId'] },
    ]);
  });

  it('stays paused when Meta says no, whatever it thought of it here', async () => {
    const paused = await pause('unclear', 'FIRST_PAUSE');
    await tenantQuery(app.services.database.app, alpha.id, (query) =>
      query('update template set pause_kind = null where id = $1', [paused.id]),
    );
    expect((await unpause(paused.id)).userErrors).toMatchObject([
      { code: 'META_REFUSED', message: 'WhatsApp refused it: A pause for low quality ends by itself' },
    ]);
  });
});
