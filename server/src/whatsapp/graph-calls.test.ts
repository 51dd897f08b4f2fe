import { afterEach, describe, expect, it } from 'vitest';
import { type GraphAnswer, type GraphRequestSeen, startGraph } from '../../test/harness/graph.ts';
import type { Content } from './content.ts';
import type { TemplateDefinition } from './template-calls.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function graphThat(answer: (request: GraphRequestSeen, count: number) => GraphAnswer = () => ({})) {
  const graph = await startGraph(answer);
  closing.push(() => graph.close());
  const seen = () => graph.requests.map(({ line, body }) => (body.length ? [line, JSON.parse(body.toString())] : [line]));
  return { ...graph, seen };
}

describe('messages', () => {
  const content: Content = {
    kind: 'TEMPLATE',
    text: 'Hi',
    parts: { template: { name: 'a', language: 'en', buttons: [], values: {} } },
  };
  const to = { phoneNumberId: '7001', token: 'T', to: '+4915550001', opaque: 'our-id' };

  it('that Meta looks at first are accepted as held', async () => {
    const messages = [{ id: 'wamid.OUT1', message_status: 'held_for_quality_assessment' }];
    const { api } = await graphThat(() => ({ body: { contacts: [{ input: '+4915550001', wa_id: '4915550001' }], messages } }));
    expect(await api.send({ ...to, content })).toEqual({ kind: 'accepted', wamid: 'wamid.OUT1', waId: '4915550001', held: true });
  });

  it('that can never be sent are refused without a request', async () => {
    const { api, requests } = await graphThat();
    const outcome = await api.send({ ...to, content: { kind: 'ORDER', text: null, parts: {} } });
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: 131051 } });
    expect(requests).toEqual([]);
  });

  it('are marked as read, with or without that somebody writes', async () => {
    const { api, seen } = await graphThat();
    expect(await api.markRead('7001', 'T', 'wamid.IN1')).toEqual({ kind: 'done', value: true });
    expect(await api.markRead('7001', 'T', 'wamid.IN1', { typing: true })).toEqual({ kind: 'done', value: true });
    const receipt = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.IN1' };
    expect(seen()).toEqual([
      ['POST /v26.0/7001/messages', receipt],
      ['POST /v26.0/7001/messages', { ...receipt, typing_indicator: { type: 'text' } }],
    ]);
  });

  it('are marked for sure only when Meta says so', async () => {
    const { api } = await graphThat((_request, count) =>
      count === 1 ? { body: { success: false } } : { status: 400, body: { error: { code: 131009, message: 'No such message' } } },
    );
    expect((await api.markRead('7001', 'T', 'wamid.IN1')).kind).toBe('unknown');
    expect(await api.markRead('7001', 'T', 'wamid.IN1')).toMatchObject({ kind: 'refused', error: { code: 131009 } });
  });
});

describe('templates', () => {
  const raw = (id: number) => ({
    id,
    name: `t${id}`,
    language: 'en_US',
    status: 'approved',
    category: 'UTILITY',
    parameter_format: 'NAMED',
    components: [{ type: 'BODY', text: 'Hi {{first}}!' }],
    quality_score: { score: 'GREEN', date: 1790000000 },
    rejected_reason: 'NONE',
  });
  const read = (id: number) => ({
    templateId: String(id),
    name: `t${id}`,
    language: 'en_US',
    status: 'APPROVED',
    category: 'UTILITY',
    parameterFormat: 'NAMED',
    components: [{ type: 'BODY', text: 'Hi {{first}}!' }],
    quality: 'GREEN',
    rejectedReason: undefined,
  });
  const FIELDS = 'id,name,language,status,category,parameter_format,components,quality_score,rejected_reason';

  it('are listed page after page, by cursors alone', async () => {
    const { api, seen } = await graphThat((_request, count) => ({
      body: {
        data: [raw(count)],
        paging: { cursors: { after: `c${count}=` }, ...(count < 3 && { next: 'https://graph/next' }) },
      },
    }));
    const outcome = await api.listTemplates('9001', 'T', { pageSize: 1 });
    expect(outcome).toEqual({ kind: 'done', value: { items: [read(1), read(2), read(3)], isWhole: true } });
    const first = `GET /v26.0/9001/message_templates?fields=${FIELDS}&limit=1`;
    expect(seen()).toEqual([[first], [`${first}&after=c1%3D`], [`${first}&after=c2%3D`]]);
  });

  it('are not whole when one cannot be read or there is no end', async () => {
    const broken = await graphThat(() => ({ body: { data: [raw(1), { id: 2 }, null] } }));
    expect(await broken.api.listTemplates('9001', 'T')).toMatchObject({ value: { items: [read(1)], isWhole: false } });
    const endless = await graphThat((_request, count) => ({
      body: { data: [], paging: { cursors: { after: `c${count}` }, next: 'https://graph/next' } },
    }));
    expect(await endless.api.listTemplates('9001', 'T', { pageSize: 1_000 })).toMatchObject({
      value: { items: [], isWhole: false },
    });
    expect(endless.requests).toHaveLength(10);
  });

  it.each([{}, { after: 'c 1' }, { after: 7 }])('are not whole when the next page cannot be asked for: %j', async (cursors) => {
    const { api, requests } = await graphThat(() => ({
      body: { data: [raw(1)], paging: { cursors, next: 'https://graph/next' } },
    }));
    expect(await api.listTemplates('9001', 'T')).toMatchObject({ value: { items: [read(1)], isWhole: false } });
    expect(requests).toHaveLength(1);
  });

  it('may fill pages of megabytes', async () => {
    const components = [{ type: 'BODY', text: 'x'.repeat(60_000) }];
    const { api } = await graphThat(() => ({
      body: { data: Array.from({ length: 50 }, (_raw, id) => ({ ...raw(id), components })) },
    }));
    expect(await api.listTemplates('9001', 'T')).toMatchObject({ kind: 'done', value: { isWhole: true, items: { length: 50 } } });
  });

  it('fail with their first page that fails', async () => {
    const { api } = await graphThat(() => ({ status: 401, body: { error: { code: 190, message: 'Expired' } } }));
    expect(await api.listTemplates('9001', 'T')).toMatchObject({ kind: 'refused', error: { code: 190 } });
  });

  it('are made, changed and deleted', async () => {
    const made = { id: 5501, status: 'PENDING', category: 'MARKETING' };
    const { api, seen } = await graphThat((_request, count) => (count === 1 ? { body: made } : {}));
    const components = [{ type: 'BODY' as const, text: 'Hi {{first}}!' }];
    const definition = { name: 'order_ok', language: 'en_US', category: 'UTILITY', components, ttlSeconds: 600 } as const;
    expect(await api.createTemplate('9001', 'T', { ...definition, parameterFormat: 'NAMED' })).toEqual({
      kind: 'done',
      value: { templateId: '5501', status: 'PENDING', category: 'MARKETING' },
    });
    expect(await api.editTemplate('5501', 'T', { components })).toEqual({ kind: 'done', value: true });
    expect(await api.deleteTemplate('9001', 'T', { name: 'order_ok' })).toEqual({ kind: 'done', value: true });
    expect(await api.deleteTemplate('9001', 'T', { name: 'order_ok', templateId: '5501' })).toEqual({
      kind: 'done',
      value: true,
    });
    const { name, language, category } = definition;
    expect(seen()).toEqual([
      [
        'POST /v26.0/9001/message_templates',
        { name, language, category, parameter_format: 'named', components, message_send_ttl_seconds: 600 },
      ],
      ['POST /v26.0/5501', { components }],
      ['DELETE /v26.0/9001/message_templates?name=order_ok'],
      ['DELETE /v26.0/9001/message_templates?hsm_id=5501&name=order_ok'],
    ]);
  });

  it('come with what Meta would tell a person about a refusal', async () => {
    const error = {
      code: 2388299,
      message: 'Invalid parameter',
      error_user_title: 'No',
      error_user_msg: 'Variables at the end',
      error_subcode: 7,
    };
    const { api } = await graphThat(() => ({ status: 400, body: { error } }));
    const outcome = await api.createTemplate('9001', 'T', { name: 'a', language: 'en', category: 'UTILITY', components: [] });
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: 2388299, subcode: 7, userMessage: 'Variables at the end' } });
  });
});

describe('numbers, accounts and profiles', () => {
  const raw = {
    id: 7001,
    display_phone_number: '+49 30 55501',
    verified_name: 'Shop',
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    name_status: 'APPROVED',
    new_name_status: 'NONE',
    status: 'CONNECTED',
    platform_type: 'CLOUD_API',
    account_mode: 'LIVE',
    throughput: { level: 'HIGH' },
    is_official_business_account: false,
    is_on_biz_app: true,
    last_onboarded_time: '2026-10-01T08:00:00+0000',
    whatsapp_business_manager_messaging_limit: 'TIER_2K',
  };
  const number = {
    phoneNumberId: '7001',
    displayPhone: '+49 30 55501',
    verifiedName: 'Shop',
    quality: 'GREEN',
    codeVerification: 'VERIFIED',
    nameStatus: 'APPROVED',
    newNameStatus: 'NONE',
    status: 'CONNECTED',
    platform: 'CLOUD_API',
    accountMode: 'LIVE',
    throughput: 'HIGH',
    isOfficial: false,
    isOnApp: true,
    onboardedAt: Date.UTC(2026, 9, 1, 8),
    messagingLimit: 2_000,
  };

  it('are read with all that Meta says about them', async () => {
    const { api } = await graphThat((_request, count) => ({ body: count === 1 ? raw : { data: [raw, { ...raw, id: 7002 }] } }));
    expect(await api.readNumber('7001', 'T')).toEqual({ kind: 'done', value: number });
    expect(await api.listNumbers('9001', 'T')).toEqual({
      kind: 'done',
      value: { items: [number, { ...number, phoneNumberId: '7002' }], isWhole: true },
    });
  });

  it('are read where Meta says little', async () => {
    const { api } = await graphThat((_request, count) => ({
      body: count === 1 ? { id: '7001', display_phone_number: '+49' } : { id: '7001' },
    }));
    expect(await api.readNumber('7001', 'T')).toEqual({
      kind: 'done',
      value: { phoneNumberId: '7001', displayPhone: '+49', verifiedName: '' },
    });
    expect((await api.readNumber('7001', 'T')).kind).toBe('unknown');
  });

  it('tell of an account, and have its news sent to us or no more', async () => {
    const account = { id: '9001', name: 'Shop', currency: 'EUR', owner_business_info: { id: 55, name: 'Shop Inc' } };
    const { api, seen } = await graphThat((_request, count) => (count === 1 ? { body: account } : {}));
    const value = { wabaId: '9001', name: 'Shop', currency: 'EUR', ownerBusinessId: '55' };
    expect(await api.readAccount('9001', 'T')).toEqual({ kind: 'done', value });
    const override = { callbackUrl: 'https://us.example/hook', verifyToken: 's3cret' };
    for (const outcome of [
      await api.subscribeApp('9001', 'T'),
      await api.subscribeApp('9001', 'T', override),
      await api.unsubscribeApp('9001', 'T'),
    ])
      expect(outcome).toEqual({ kind: 'done', value: true });
    expect(seen().slice(1)).toEqual([
      ['POST /v26.0/9001/subscribed_apps', {}],
      ['POST /v26.0/9001/subscribed_apps', { override_callback_uri: override.callbackUrl, verify_token: 's3cret' }],
      ['DELETE /v26.0/9001/subscribed_apps'],
    ]);
  });

  it('have a profile, of which only what is named is changed', async () => {
    const profile = {
      about: 'Hi',
      websites: ['https://x.example', 7],
      vertical: 'RETAIL',
      profile_picture_url: 'https://pic',
      email: '',
    };
    const { api, seen } = await graphThat((_request, count) => (count === 1 ? { body: { data: [profile] } } : {}));
    expect(await api.readProfile('7001', 'T')).toEqual({
      kind: 'done',
      value: { about: 'Hi', websites: ['https://x.example'], vertical: 'RETAIL', pictureUrl: 'https://pic' },
    });
    expect(await api.writeProfile('7001', 'T', { about: 'Hello', email: '', pictureHandle: '4::x' })).toMatchObject({
      kind: 'done',
    });
    expect(seen()[1]).toEqual([
      'POST /v26.0/7001/whatsapp_business_profile',
      { messaging_product: 'whatsapp', about: 'Hello', email: '', profile_picture_handle: '4::x' },
    ]);
  });

  it('never throw, whatever Meta answers', async () => {
    const bodies = ['', '<html>', '[]', 'null', '{}', '{"data":{}}', '{"data":[[]]}', '{"id":{}}', '{"error":[]}'];
    for (const [index, body] of bodies.entries()) {
      const { api } = await graphThat(() => ({ status: index % 2 ? 500 : 200, body }));
      const file = { bytes: Buffer.from('x'), size: 1, mimeType: 'image/png', fileName: 'x' };
      const definition: TemplateDefinition = { name: 'a', language: 'en', category: 'UTILITY', components: [] };
      const outcomes = await Promise.all([
        api.markRead('7001', 'T', 'wamid'),
        api.uploadMedia('7001', 'T', file),
        api.uploadHandle('7001', 'T', file),
        api.findMedia('8201', 'T'),
        api.deleteMedia('8201', 'T'),
        api.createTemplate('9001', 'T', definition),
        api.editTemplate('5501', 'T', {}),
        api.deleteTemplate('9001', 'T', { name: 'a' }),
        api.readNumber('7001', 'T'),
        api.readAccount('9001', 'T'),
        api.subscribeApp('9001', 'T'),
      ]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'unknown'));
    }
  });
});
