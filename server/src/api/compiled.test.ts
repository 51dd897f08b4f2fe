import { execute, type DocumentNode, parse, print, Kind, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask } from '../../test/harness/client.ts';
import { customersWrite } from '../../test/harness/customers.ts';
import { selectAll } from '../../test/walk/selection.ts';
import * as documents from '../../../web/src/lib/gql/graphql.ts';
import { readEvents, readHead } from '../events/read-log.ts';
import { SubscriptionDocuments } from '../events/subscription-documents.ts';
import { authenticate } from '../identity/authenticate.ts';
import { Context } from '../platform/context.ts';
import { queryIn } from '../platform/query.ts';
import { LIMIT_RULES, LIMITS } from './limits.ts';
import { createSchema } from './schema.ts';

const schema = createSchema();
const shipped = Object.entries(documents).filter((entry): entry is [string, DocumentNode] => entry[0].endsWith('Document'));
const operationOf = (document: DocumentNode) =>
  document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)?.operation;
const subscriptions = shipped
  .filter(([, document]) => operationOf(document) === 'subscription')
  .map(([name, document]): [string, string] => [name, print(document)]);
const everything = Object.values(schema.getSubscriptionType()?.getFields() ?? {}).map((field): [string, string] => [
  `all of ${field.name}`,
  `subscription { ${field.name}${selectAll(field.type, 4)} }`,
]);

describe('documents of the web client', () => {
  test.each(shipped)('%s is valid and within the limits', (_name, document) => {
    expect(validate(schema, document, LIMIT_RULES)).toEqual([]);
    expect(() => parse(print(document), { maxTokens: LIMITS.tokens })).not.toThrow();
  });
});

describe('a compiled subscription gives what the plain executor gives', () => {
  let app: TestApp;
  let tenant: TestTenant;
  beforeAll(async () => {
    app = await startTestApp({ role: 'api' });
    [tenant] = app.tenants;
    await customersWrite(app, tenant, [{ name: 'Ada', phone: '+4915110000001', texts: ['one', 'two'] }]);
    const apiKey = tenant.apiKeys.owner ?? '';
    const { data } = await ask(app.url, { apiKey }, '{ conversations { nodes { id } } }');
    const input = { conversationId: data?.conversations.nodes[0].id, text: 'three', idempotencyKey: '1' };
    await ask(app.url, { apiKey }, 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { userErrors { code } } }', {
      input,
    });
    for (const name of ['one', 'two', 'three']) {
      const draft = {
        name,
        language: 'en_US',
        category: 'UTILITY',
        body: { text: 'Your order is ready.' },
        isDraft: true,
        whatsappNumberId: tenant.numberId,
        idempotencyKey: name,
      };
      const create = 'mutation($input: CreateTemplateInput!) { createTemplate(input: $input) { userErrors { code message } } }';
      const made = await ask(app.url, { apiKey }, create, { input: draft });
      expect(made.data?.createTemplate.userErrors).toEqual([]);
    }
    await ask(
      app.url,
      { apiKey },
      `mutation { resolveConversation(input: { conversationId: "${input.conversationId}" }) { userErrors { code } } }`,
    );
  });
  afterAll(() => app.close());

  test.each([...subscriptions, ...everything])('%s, for every role and every event', async (_name, source) => {
    const prepared = new SubscriptionDocuments(schema, LIMIT_RULES).prepare(source);
    let compared = 0;
    for (const apiKey of Object.values(tenant.apiKeys)) {
      const context = async () =>
        new Context(app.services, await authenticate(app.services, { apiKey }), { id: 'test', address: '' });
      const [one, other] = [await context(), await context()];
      const query = queryIn(await one.reading());
      const events = await readEvents(query, tenant.id, { ...(await readHead(query, tenant.id)), seq: 0 }, 100);
      expect(events.length).toBeGreaterThan(3);
      for (const event of events.filter((known) => prepared.wants(known, {}))) {
        const compiled = await prepared.run(event, one, {});
        const plain = await execute({ schema, document: parse(source), rootValue: event, contextValue: other });
        expect(JSON.stringify(compiled.data)).toBe(JSON.stringify(plain.data));
        expect(compiled.errors?.length ?? 0).toBe(plain.errors?.length ?? 0);
        compared++;
      }
      await one.close();
      await other.close();
    }
    expect(compared).toBeGreaterThan(10);
  });
});
