import { randomUUID } from 'node:crypto';
import { type SampleName, sampleOf } from '../../simulator/samples.ts';
import { tenantsQuery } from '../../src/platform/tenant-query.ts';
import { CloudApi } from '../../src/whatsapp/cloud-api.ts';
import { startTestApp, type TestApp, type TestAppOptions, type TestTenant } from './app.ts';
import { ask } from './client.ts';
import { upload } from './media.ts';
import { until } from './until.ts';

export const PHONE = '+4915550001';

type Anything = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

export interface Sending {
  app: TestApp;
  tenant: TestTenant;
  conversationId: string;
  /** The message that the customer began with, and WhatsApp's id of it. */
  first: { id: string; wamid: string };
  /** Runs an operation as an agent's key. */
  ask(query: string, variables?: object): Promise<Anything>;
  /** Sends to the customer of the conversation, and gives the payload. */
  send(input: object): Promise<Anything>;
  /** Runs a command that takes one input and gives its payload with the message's id and status. */
  change(command: string, input: object): Promise<Anything>;
  statusOf(messageId: string): Promise<string>;
  /** Lets the customer write, and resolves with the message's id when it is here. */
  write(text: string): Promise<string>;
  /** A stored file that Meta has for this number too, unless `isKnown` is false. */
  file(kind: string, sample: SampleName, isKnown?: boolean): Promise<string>;
  /** Runs a statement as the worker, which sees this tenant. */
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

const PAYLOAD = '{ message { id status } userErrors { code message field } }';

/** The product with a customer who has written, to send to. */
export async function startSending(options: TestAppOptions = {}): Promise<Sending> {
  const app = await startTestApp(options);
  const [tenant] = app.tenants;
  const sql: Sending['sql'] = (text, values = []) =>
    tenantsQuery(app.services.database.worker, [tenant.id], (query) => query(text, values));
  const asked = async (query: string, variables?: object) => {
    const { data, errors } = await ask(app.url, { apiKey: tenant.apiKeys.agent ?? '' }, query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data as Anything;
  };
  const change = async (command: string, input: object) => {
    const type = command.replace(/^./, (letter) => letter.toUpperCase());
    return (await asked(`mutation($input: ${type}Input!) { ${command}(input: $input) ${PAYLOAD} }`, { input }))[
      command
    ] as Anything;
  };
  const wroteFirst = app.simulator.control.write({
    phone: PHONE,
    phoneNumberId: tenant.phoneNumberId,
    name: 'Ada',
    text: 'Hello',
  });
  const [row] = await found<{ id: string; conversation_id: string }>(
    sql,
    'select id, conversation_id from message where direction = $1',
    ['INBOUND'],
  );
  const conversationId = row.conversation_id;
  return {
    app,
    tenant,
    conversationId,
    first: { id: row.id, wamid: wroteFirst },
    ask: asked,
    sql,
    change,
    send: (input) => change('sendMessage', { conversationId, idempotencyKey: randomUUID(), ...input }),
    statusOf: async (id) => (await asked('query($id: ID!) { message(id: $id) { status } }', { id })).message.status as string,
    write: async (text) => {
      const before = (await sql<{ id: string }>('select max(id::text) as id from message'))[0]?.id;
      app.simulator.control.write({ phone: PHONE, phoneNumberId: tenant.phoneNumberId, text });
      const [written] = await found<{ id: string }>(sql, `select id from message where direction = 'INBOUND' and id > $1::uuid`, [
        before,
      ]);
      return written.id;
    },
    file: (kind, sample, isKnown = true) => putFile({ app, tenant, sql }, kind, sample, isKnown),
    close: () => app.close(),
  };
}

async function found<Row extends object>(sql: Sending['sql'], text: string, values: unknown[]): Promise<[Row, ...Row[]]> {
  let rows: Row[] = [];
  await until(async () => (rows = await sql<Row>(text, values)).length > 0);
  return rows as [Row, ...Row[]];
}

async function putFile(
  { app, tenant, sql }: Pick<Sending, 'app' | 'tenant' | 'sql'>,
  kind: string,
  name: SampleName,
  isKnown: boolean,
): Promise<string> {
  const { bytes, mimeType, fileName } = sampleOf(name);
  const file = { bytes, fileName, type: mimeType, fields: { kind } };
  const { body } = await upload(app.url, { apiKey: tenant.apiKeys.agent ?? '' }, file);
  const id = body.media.id as string;
  if (!isKnown) return id;
  const cloudApi = new CloudApi({ baseUrl: app.simulator.url, version: 'v26.0' });
  const uploaded = await cloudApi.uploadMedia(tenant.phoneNumberId, tenant.token, {
    bytes,
    size: bytes.length,
    mimeType,
    fileName,
  });
  await cloudApi.close();
  if (uploaded.kind !== 'done') throw new Error(`The file was not taken: ${JSON.stringify(uploaded)}`);
  await sql(
    `insert into media_upload (tenant_id, media_id, number_id, meta_id, expires_at) values ($1, $2, $3, $4, cube_now() + interval '29 days')`,
    [tenant.id, id, tenant.numberId, uploaded.value.mediaId],
  );
  return id;
}
