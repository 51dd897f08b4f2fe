import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import type { SimulatedTemplate } from '../../simulator/templates.ts';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { ask, until } from '../../test/harness/client.ts';
import { startApp, type App } from '../app.ts';
import { type Demo, openDemo } from './open-demo.ts';

const LIST =
  '{ templates { nodes { id name language status category isSendable header { kind } variables { place name kind } cards { variables { place name } } offer { hasExpiration } rejectedReason } } }';
const SEND =
  'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } userErrors { code message field } } }';

interface Shown {
  id: string;
  name: string;
  language: string;
  status: string;
  isSendable: boolean;
  header: { kind: string } | null;
  variables: Variable[];
  cards: { variables: Variable[] }[];
  offer: { hasExpiration: boolean } | null;
}
interface Variable {
  place: string;
  name: string;
}

let test: TestApp;
let demo: Demo;
let meta: Simulator;
let app: App;
const templatesOf = async (apiKey: string): Promise<Shown[]> => (await ask(app.url, { apiKey }, LIST)).data?.templates.nodes;

beforeAll(async () => {
  test = await startTestApp({ role: 'api' });
  demo = await openDemo(test.services, undefined, 'http://localhost', { appSecret: 'secret', verifyToken: 'verify' });
  meta = await startSimulator({
    numbers: demo.numbers,
    templates: demo.templates as SimulatedTemplate[],
    appSecret: 'secret',
    settings: { reviewMs: [300, 300], trustUnseen: true },
  });
  app = await startApp(test.services, {
    role: 'all',
    port: 0,
    host: '127.0.0.1',
    isSecure: false,
    webhooks: { appSecret: 'secret', verifyToken: 'verify' },
    whatsapp: { graphUrl: meta.url, graphVersion: 'v26.0' },
  });
  meta.control.setWebhook(`${app.url}/webhooks/whatsapp`);
});

afterAll(async () => {
  await meta.close();
  await app.close();
  await test.close();
});

const filled = (variables: Variable[]) => ({
  body: variables.filter(({ place }) => place === 'BODY').map(({ name }) => ({ name, value: 'one' })),
  buttons: variables.filter(({ place }) => place === 'BUTTON').map(({ name }) => ({ index: Number(name), value: '123456' })),
});

describe('the templates of the demo', () => {
  it('are of every kind, and at least one of each company can be sent without a header', async () => {
    for (const { apiKey } of demo.file.tenants) {
      const templates = await templatesOf(apiKey);
      expect(templates.filter(({ isSendable, header }) => isSendable && header === null).length).toBeGreaterThan(2);
      expect(new Set(templates.map(({ language }) => language))).toEqual(new Set(['ar', 'en_US']));
      expect(templates.find(({ status }) => status === 'REJECTED')).toMatchObject({ rejectedReason: 'INCORRECT_CATEGORY' });
    }
  });

  it('that Meta still looks at are approved before long', async () => {
    const [tenant] = demo.file.tenants;
    const apiKey = tenant?.apiKey ?? '';
    await until(async () => (await templatesOf(apiKey)).every(({ status }) => status !== 'PENDING'), 8_000);
    expect((await templatesOf(apiKey)).filter(({ status }) => status === 'APPROVED')).toHaveLength(8);
  });

  it('are taken by WhatsApp as they are sent, each of them', async () => {
    for (const { apiKey, numbers } of demo.file.tenants) {
      for (const { id, name, variables, cards, offer, isSendable } of await templatesOf(apiKey)) {
        if (!isSendable) continue;
        const offerExpiresAt = offer?.hasExpiration ? new Date(Date.now() + 86_400_000).toISOString() : undefined;
        const given = {
          ...filled(variables),
          offerExpiresAt,
          ...(cards.length > 0 && { cards: cards.map((card) => filled(card.variables)) }),
        };
        const before = meta.control.accepted.length;
        const input = {
          to: '+966509990001',
          whatsappNumberId: numbers[0]?.id,
          template: { templateId: id, ...given },
          idempotencyKey: randomUUID(),
        };
        const { data } = await ask(app.url, { apiKey }, SEND, { input });
        expect(data?.sendMessage.userErrors, name).toEqual([]);
        await until(() => meta.control.accepted.length > before, 10_000);
      }
    }
  });
});
