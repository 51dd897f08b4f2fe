import { randomUUID } from 'node:crypto';
// First: it brings along what the decorators of the schema need.
import { startTestApp, type TestApp, type TestTenant } from './app.ts';
import { Ingester } from '../../src/messaging/ingest.ts';
import type { QueuedSend } from '../../src/messaging/queued-send.ts';
import { type Outcome, recordOutcomes } from '../../src/messaging/record-outcomes.ts';
import { claimSends } from '../../src/messaging/send-queue.ts';
import { queryOn } from '../../src/platform/query.ts';
import { tenantsQuery } from '../../src/platform/tenant-query.ts';
import type { WireMessage, WireStatus } from '../../src/whatsapp/wire.ts';
import { ask, postWebhook } from './client.ts';
import { body, change, status, text, textBody } from './envelopes.ts';
import { until } from './until.ts';

type Anything = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

export const CUSTOMER = '4915550001';

/** The API with a customer who has written, where the test itself is WhatsApp and the worker that sends. */
export interface ByHand {
  app: TestApp;
  tenant: TestTenant;
  conversationId: string;
  ask(query: string, variables?: object): Promise<Anything>;
  /** Runs a command that takes one input and gives its payload. */
  change(command: string, input: object): Promise<Anything>;
  /** Sends a text to the customer and gives the message's id. */
  send(text: string, more?: object): Promise<string>;
  retry(messageId: string, more?: object): Promise<Anything>;
  /** Leases what is due, as a worker does. */
  lease(): Promise<QueuedSend[]>;
  /** Records the outcome of a send, leased before or now. */
  end(messageId: string, end: Outcome['end'], leased?: QueuedSend): Promise<void>;
  /** WhatsApp reports about a message of ours, and it is read. */
  report(wamid: string, reached: WireStatus['status'], more?: Partial<WireStatus>): Promise<void>;
  /** The customer writes, and it is read. */
  write(wamid: string, words: string, more?: object): Promise<void>;
  /** Posts a webhook body and waits until it is read. */
  hear(raw: Buffer): Promise<void>;
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function startByHand(): Promise<ByHand> {
  const app = await startTestApp({ role: 'api' });
  const [tenant] = app.tenants;
  const ingester = new Ingester(app.services);
  const worker = queryOn(app.services.database.worker);
  const asked: ByHand['ask'] = async (query, variables) => {
    const { data, errors } = await ask(app.url, { apiKey: tenant.apiKeys.agent ?? '' }, query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data as Anything;
  };
  const sql: ByHand['sql'] = (statement, values = []) =>
    tenantsQuery(app.services.database.worker, [tenant.id], (query) => query(statement, values));
  const hear: ByHand['hear'] = async (raw) => {
    const answer = await postWebhook(app.url, raw);
    if (answer !== 200) throw new Error(`The webhook was answered ${answer}.`);
    await until(async () => {
      ingester.look({ fresh: true });
      return (await worker('select from webhook_inbox where done_at is null and quarantined is null')).length === 0;
    });
  };
  const command: ByHand['change'] = async (name, input) => {
    const type = name.replace(/^./, (letter) => letter.toUpperCase());
    const query = `mutation($input: ${type}Input!) { ${name}(input: $input) { message { id status } userErrors { code message field } } }`;
    return (await asked(query, { input }))[name] as Anything;
  };
  const lease = () => claimSends(worker, new Map([[tenant.numberId, 100]]));
  await hear(textBody(tenant.phoneNumberId, 'wamid.hello', CUSTOMER, 'hello'));
  const [first] = await sql<{ id: string }>('select id from conversation');
  const conversationId = first?.id ?? '';
  return {
    app,
    tenant,
    conversationId,
    ask: asked,
    change: command,
    send: async (words, more) => {
      const input = { conversationId, text: words, idempotencyKey: randomUUID(), ...more };
      const { message, userErrors } = await command('sendMessage', input);
      if (userErrors.length) throw new Error(JSON.stringify(userErrors));
      return message.id as string;
    },
    retry: (messageId, more) => command('retryMessage', { messageId, idempotencyKey: randomUUID(), ...more }),
    lease,
    end: async (messageId, end, leased) => {
      const send = leased ?? (await lease()).find((one) => one.messageId === messageId);
      if (!send) throw new Error('This message is not in the queue.');
      await recordOutcomes(app.services, [{ send, at: Date.now(), end }], 1_000);
    },
    report: (wamid, reached, more) => hear(body(change(tenant.phoneNumberId, { statuses: [status(wamid, reached, more)] }))),
    write: (wamid, words, more) => {
      const message = { ...text(wamid, CUSTOMER, words), ...more } as WireMessage;
      return hear(body(change(tenant.phoneNumberId, { messages: [message] })));
    },
    hear,
    sql,
    close: async () => {
      await ingester.close();
      await app.close();
    },
  };
}
