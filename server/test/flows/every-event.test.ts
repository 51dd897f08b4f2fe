import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSchema } from '../../src/api/schema.ts';
import { writeEvents } from '../faults/write-events.ts';
import { ask, socket } from '../harness/client.ts';
import { type Sending, startSending } from '../harness/sending.ts';
import { ORDER_READY } from '../harness/templates.ts';
import { until } from '../harness/until.ts';
import { selectAll } from '../walk/selection.ts';

// oxlint-disable-next-line typescript/no-explicit-any
type Heard = { data?: Record<string, any> | null; errors?: unknown };

const PHONE = '+4915550001';
const fields = Object.values(createSchema().getSubscriptionType()?.getFields() ?? {});

let at: Sending;
let client: Client;
const heard: Record<string, Heard[]> = {};
const ended: string[] = [];

beforeAll(async () => {
  at = await startSending({ templates: [ORDER_READY] });
  client = socket(at.app.url, { apiKey: at.tenant.apiKeys.owner ?? '' });
  for (const { name, type } of fields) {
    const mine: Heard[] = (heard[name] = []);
    client.subscribe(
      { query: `subscription { ${name}${selectAll(type, 4)} }` },
      {
        next: (value) => void mine.push(value as Heard),
        error: (error) => void ended.push(`${name}: ${JSON.stringify(error)}`),
        complete: () => void ended.push(name),
      },
    );
  }
  await until(() => at.app.app.hub?.size === fields.length);
});
afterAll(async () => {
  await client.dispose();
  await at.close();
});

/** What `messageChanged` has said of a message that changed in another way than by advancing. */
const updates = (id?: string) =>
  (heard['messageChanged'] ?? [])
    .map(({ data }) => data?.['messageChanged'])
    .filter((event) => event?.change === 'UPDATED' && (!id || event.message?.id === id));
const told = (id: string, times: number) => until(() => updates(id).length >= times);
const customer = () => ({ phone: PHONE, phoneNumberId: at.tenant.phoneNumberId });

test('every field of every subscription is there, whatever happens to a message', async () => {
  const { control } = at.app.simulator;
  const { id, wamid } = at.first;

  control.react({ ...customer(), messageId: wamid, emoji: '👍' });
  await told(id, 1);
  expect((await at.send({ reaction: { messageId: id, emoji: '🎉' } })).userErrors).toEqual([]);
  await told(id, 2);
  control.edit({ ...customer(), messageId: wamid, text: 'Hello there' });
  await told(id, 3);
  control.revoke({ ...customer(), messageId: wamid });
  await told(id, 4);
  expect(updates(id).map(({ status, message }) => [status, message.status])).toEqual(
    Array.from({ length: 4 }, () => ['RECEIVED', 'RECEIVED']),
  );
  expect(updates(id).at(-1).message).toMatchObject({ text: null, revokedAt: expect.any(String) });

  control.write({ ...customer(), media: { sample: 'png' } });
  await until(() => updates().some(({ message }) => message.media?.status === 'STORED'));

  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const { message } = await at.send({ text: 'Later', scheduledAt: inHours(2), timeZone: 'Asia/Riyadh' });
  const moved = { messageId: message.id, scheduledAt: inHours(3), timeZone: 'Asia/Riyadh' };
  expect((await at.change('rescheduleMessage', moved)).userErrors).toEqual([]);
  await told(message.id, 1);
  expect(updates(message.id)).toMatchObject([{ status: 'SCHEDULED', message: { status: 'SCHEDULED' } }]);

  const sync = 'mutation($id: ID!) { syncTemplates(input: { whatsappNumberId: $id }) { userErrors { code } } }';
  await ask(at.app.url, { apiKey: at.tenant.apiKeys.owner ?? '' }, sync, { id: at.tenant.numberId });
  await until(() => (heard['templateChanged'] ?? []).length > 0);

  expect(ended).toEqual([]);
  for (const { name } of fields) {
    expect(heard[name]?.length, name).toBeGreaterThan(0);
    expect(
      heard[name]?.filter(({ errors }) => errors),
      name,
    ).toEqual([]);
  }
});

test('a message that is gone has no status any more, and its event still has its place', async () => {
  const { id: tenantId } = at.tenant;
  const before = (heard['messageChanged'] ?? []).length;
  await writeEvents(at.app.services, { tenantId, count: 1 });
  await until(() => (heard['messageChanged'] ?? []).length > before);
  expect(heard['messageChanged']?.at(-1)).toEqual({
    data: {
      messageChanged: { cursor: expect.any(String), at: expect.any(String), change: 'UPDATED', status: null, message: null },
    },
  });
});
