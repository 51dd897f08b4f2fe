import type { GraphQLSchema } from 'graphql';
import { createUser } from '../../src/identity/create-user.ts';
import { newId } from '../../src/platform/ids.ts';
import { place, seal } from '../../src/platform/sealed.ts';
import { tenantsQuery, tenantQuery } from '../../src/platform/tenant-query.ts';
import { makeApiKey, startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { ask, postWebhook, signIn } from '../harness/client.ts';
import { customersWrite } from '../harness/customers.ts';
import * as wire from '../harness/envelopes.ts';
import { placesOf } from './places.ts';

/** Ids of one tenant's rows, by the type of the schema that shows them. */
export type Ids = Record<string, string[]>;

export interface World {
  app: TestApp;
  ours: TestTenant;
  theirs: TestTenant;
  ourIds: Ids;
  theirIds: Ids;
  theirCursor: string;
  ourCursor: string;
  /** The log's first place: a subscription after it gets all that ever happened to us. */
  ourStart: string;
  /** What must be in no answer to us, and what our own owner does see. */
  theirCanaries: string[];
  ourCanaries: string[];
  /** A phone of ours that has written, and the conversation that our newest message stands in. */
  ourPhone: string;
  ourConversation: string;
  /** Credentials that once were good. */
  revokedKey: string;
  removedSession: string;
}

const CURSOR = '{ eventCursor }';
const TABLES: Record<string, string> = {
  Conversation: 'conversation',
  Contact: 'contact',
  ContactMerge: 'contact_merge',
  ContactIdentity: 'contact_identity',
  Message: 'message',
  Media: 'media',
  Template: 'template',
  Member: 'member',
  ApiKey: 'api_key',
  Role: 'role',
  WhatsappNumber: 'whatsapp_number',
  QuarantinedWebhook: 'quarantine',
  WhatsappAccount: 'whatsapp_account',
};

/** Two tenants with people, talks and keys of which each must be unknown to the other. Nothing is sent on: no worker runs. */
export async function makeWorld(schema: GraphQLSchema): Promise<World> {
  const app = await startTestApp({ role: 'api' });
  const [ours, theirs] = app.tenants;
  const cursorOf = async (tenant: TestTenant) =>
    (await ask(app.url, { apiKey: tenant.apiKeys.owner ?? '' }, CURSOR)).data?.eventCursor as string;
  const ourStart = await cursorOf(ours);
  const ourPhone = '+4915110000001';
  // Each command that is done once per key has been done by each tenant, under a key that the other does not know of.
  const once = placesOf(schema).flatMap((one) => (one.subject === 'IdempotencyKey' ? [one.field.name] : []));
  const ourConversation = await talk(app, ours, 'Amaranth', '+491511000000', once);
  await talk(app, theirs, 'Zephyrine', '+491577000000', once);
  await furnish(app, ours, 'Amaranth');
  await furnish(app, theirs, 'Zephyrine');
  const [ourIds, theirIds] = [await idsOf(app, ours.id), await idsOf(app, theirs.id)];
  return {
    app,
    ours,
    theirs,
    ourIds,
    theirIds,
    ourCursor: await cursorOf(ours),
    theirCursor: await cursorOf(theirs),
    ourStart,
    ourPhone,
    ourConversation,
    ourCanaries: canaries(ours, 'Amaranth', '491511000000'),
    theirCanaries: [...canaries(theirs, 'Zephyrine', '491577000000'), theirs.id, ...Object.values(theirIds).flat()],
    ...(await spent(app, ours)),
  };
}

/** Three customers write, one is answered with a quote and given to an agent, one is resolved. Gives the conversation that was answered. */
async function talk(app: TestApp, tenant: TestTenant, word: string, phone: string, once: string[]): Promise<string> {
  const person = (n: number) => ({
    name: `${word} Customer${n}`,
    phone: `${phone}${n}`,
    texts: [`${word} asks ${n}`, `${word} asks again ${n}`],
  });
  // Nothing can be made of this one.
  await postWebhook(app.url, wire.body(wire.change(tenant.phoneNumberId, { messages: [{ id: word } as never] })));
  await customersWrite(app, tenant, [person(1), person(2), person(3)]);
  const owner = {
    cookie: await signIn(app.url, `owner@${tenant.name.toLowerCase()}.example`, tenant.users.owner?.password ?? ''),
  };
  const list = await ask(app.url, owner, '{ conversations { nodes { id lastMessage { id } } } members { id } }');
  const [first, second] = list.data?.conversations.nodes ?? [];
  const done: unknown[] = [];
  for (const command of once) {
    const input = {
      conversationId: first.id,
      replyToId: first.lastMessage.id,
      text: `${word} answers`,
      idempotencyKey: `${command} of ${tenant.name}`,
    };
    done.push(
      await ask(app.url, owner, 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { userErrors { code } } }', {
        input,
      }),
    );
  }
  const change = await ask(
    app.url,
    owner,
    `mutation($given: AssignConversationInput!, $done: ResolveConversationInput!) {
       assignConversation(input: $given) { userErrors { code } } resolveConversation(input: $done) { userErrors { code } } }`,
    { given: { conversationId: first.id, memberId: list.data?.members[2].id }, done: { conversationId: second.id } },
  );
  await tenantQuery(app.services.database.app, tenant.id, (query) =>
    query('insert into contact_merge (id, into_id, from_id) select $1, min(id::text)::uuid, max(id::text)::uuid from contact', [
      newId(),
    ]),
  );
  const refused = JSON.stringify([...done, change]).replaceAll('"userErrors":[]', '');
  if (/userErrors|errors/.test(refused)) throw new Error(`The world could not be made: ${refused}`);
  return first.id as string;
}

const HEADER = { type: 'HEADER', format: 'IMAGE' };
const TEMPLATE = [
  HEADER,
  { type: 'BODY', text: 'Your order is ready.' },
  { type: 'CAROUSEL', cards: [{ components: [HEADER, { type: 'BODY', text: 'A shoe.' }] }] },
];

/** A file, two templates, one of them with a one-time code, and a message that failed. */
async function furnish({ services }: TestApp, { id: tenantId }: TestTenant, word: string): Promise<void> {
  const templateId = newId();
  await tenantsQuery(services.database.worker, [tenantId], async (query) => {
    await services.keys.loadTenants(query, [tenantId]);
    const file = newId();
    const name = seal(services.keys.tenant(tenantId), place(tenantId, 'media', 'file_name', file), `${word}.png`);
    await query(
      `insert into media (tenant_id, id, kind, origin, status, mime_type, size, file_name)
       values ($1, $2, 'IMAGE', 'UPLOADED', 'STORED', 'image/png', 1000, $3)`,
      [tenantId, file, name],
    );
    await query(
      `insert into template (tenant_id, id, account_id, meta_id, name, language, category, status, components, header_media_id, card_media_ids)
       select tenant_id, $2, id, '5501', 'order_ready', 'en', 'UTILITY', 'APPROVED', $3::jsonb, $4::uuid, array[$4::uuid] from whatsapp_account
       where tenant_id = $1`,
      [tenantId, templateId, JSON.stringify(TEMPLATE), file],
    );
    await query(
      `insert into template (tenant_id, id, account_id, meta_id, name, language, category, status, components)
       select tenant_id, $2, id, '5503', 'login_code', 'en', 'AUTHENTICATION', 'APPROVED',
         '[{"type":"BODY","text":"{{1}} is your code."},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]' from whatsapp_account
       where tenant_id = $1`,
      [tenantId, newId()],
    );
    await query(
      `with failed as (
         update message set status = 'FAILED', failure_code = 131000
         where tenant_id = $1 and id = (select id from message where tenant_id = $1 and direction = 'OUTBOUND' order by id limit 1) returning id
       )
       insert into attention (tenant_id, message_id, kind) select $1, id, 'FAILED' from failed`,
      [tenantId],
    );
    await services.appendEvents(query, [{ tenantId, kind: 'TEMPLATE_CHANGED', subjectId: templateId, status: 'APPROVED' }]);
  });
}

async function idsOf({ services }: TestApp, tenantId: string): Promise<Ids> {
  const ids: Ids = {};
  await tenantsQuery(services.database.worker, [tenantId], async (query) => {
    for (const [type, table] of Object.entries(TABLES)) {
      ids[type] = (await query<{ id: string }>(`select id from ${table} where tenant_id = $1 order by id`, [tenantId])).map(
        (row) => row.id,
      );
    }
  });
  return ids;
}

function canaries(tenant: TestTenant, word: string, phone: string): string[] {
  const people = Object.values(tenant.users).map((user) => user.email);
  return [word, phone, ...people, `${tenant.name} owner`, `${tenant.name} shop`, tenant.phoneNumberId];
}

async function spent(app: TestApp, tenant: TestTenant): Promise<{ revokedKey: string; removedSession: string }> {
  const { services, url } = app;
  const revokedKey = await makeApiKey(services, tenant.id, ['inbox:read', 'contacts:read']);
  const user = { email: 'left@alpha.example', password: 'gone since yesterday', role: 'admin', name: 'Gone', locale: 'en' };
  const { memberId } = await createUser(services, { ...user, tenantId: tenant.id });
  const removedSession = await signIn(url, user.email, user.password);
  await tenantQuery(services.database.app, tenant.id, async (query) => {
    await query('update member set removed_at = cube_now() where id = $1', [memberId]);
    await query(`update api_key set revoked_at = cube_now() where id::text like $1`, [`${idOfKey(revokedKey)}%`]);
  });
  return { revokedKey, removedSession };
}

/** An API key names its id without dashes; the first eight digits and the next four tell it from all others. */
function idOfKey(key: string): string {
  const hex = key.split('_')[2] ?? '';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
