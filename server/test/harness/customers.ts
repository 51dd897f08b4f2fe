import { Ingester } from '../../src/messaging/ingest.ts';
import type { TestApp, TestTenant } from './app.ts';
import { ask, postWebhook } from './client.ts';
import { textBody } from './envelopes.ts';
import { until } from './until.ts';

export interface Customer {
  name: string;
  /** With its plus. */
  phone: string;
  texts: string[];
}

let serial = 0;

/** Customers write to a tenant's number by signed webhooks; resolves once all they wrote is in the inbox. */
export async function customersWrite(app: TestApp, tenant: TestTenant, customers: Customer[]): Promise<void> {
  for (const { name, phone, texts } of customers) {
    for (const text of texts) {
      const status = await postWebhook(app.url, textBody(tenant.phoneNumberId, nextWamid(phone), phone.slice(1), text, name));
      if (status !== 200) throw new Error(`A webhook was answered ${status}.`);
    }
  }
  // An app without a worker of its own leaves webhooks in the inbox.
  const ingester = app.app.worker ? undefined : new Ingester(app.services);
  ingester?.look({ fresh: true });
  const last = new Set(customers.map(({ texts }) => texts.at(-1)));
  await until(async () => {
    const { data } = await ask(
      app.url,
      { apiKey: tenant.apiKeys.owner ?? '' },
      '{ conversations(first: 100) { nodes { lastMessage { text } } } }',
    );
    const shown = (data?.conversations.nodes ?? []) as { lastMessage: { text: string } | null }[];
    const seen = new Set(shown.map((conversation) => conversation.lastMessage?.text));
    return [...last].every((text) => seen.has(text));
  });
  await ingester?.close();
}

/** As Meta writes them: the customer's phone is inside. */
export function nextWamid(phone: string): string {
  return `wamid.${Buffer.from(`${phone.slice(1)}|${++serial}`).toString('base64')}`;
}
