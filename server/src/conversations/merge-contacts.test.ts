import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask } from '../../test/harness/client.ts';
import { customersWrite } from '../../test/harness/customers.ts';

let app: TestApp;
let tenant: TestTenant;
beforeAll(async () => {
  app = await startTestApp();
  [tenant] = app.tenants;
});
afterAll(() => app.close());

const as = async (role: string, query: string, variables: object = {}) =>
  ask(app.url, { apiKey: tenant.apiKeys[role] ?? '' }, query, variables);
const merge = async (intoContactId: string, fromContactId: string, role = 'owner') =>
  (
    await as(
      role,
      `mutation($input: MergeContactsInput!) { mergeContacts(input: $input) { merge { id into { id } from { id } } userErrors { code field } } }`,
      { input: { intoContactId, fromContactId } },
    )
  ).data?.mergeContacts;
const undo = async (contactMergeId: string) =>
  (
    await as(
      'owner',
      'mutation($input: UndoContactMergeInput!) { undoContactMerge(input: $input) { merge { undoneAt } userErrors { code } } }',
      { input: { contactMergeId } },
    )
  ).data?.undoContactMerge;
const contact = async (id: string) =>
  (
    await as(
      'owner',
      'query($id: ID!) { contact(id: $id) { name identities { value } mergedInto { id } merges { id from { name } } } }',
      { id },
    )
  ).data?.contact;
const conversations = async () =>
  (
    await as(
      'owner',
      '{ conversations(first: 100, filter: { status: [OPEN, RESOLVED] }) { nodes { id status contact { id name } lastMessage { text } } } }',
    )
  ).data?.conversations.nodes as {
    id: string;
    status: string;
    contact: { id: string; name: string };
    lastMessage: { text: string };
  }[];
const search = async (words: string): Promise<string[]> => {
  const { data } = await as('owner', 'query($words: String) { contacts(search: $words) { nodes { id } } }', { words });
  return (data?.contacts.nodes ?? []).map((found: { id: string }) => found.id);
};

let serial = 0;
let phone: string;
let second: string;
let ids: [string, string];
/** Two contacts with a conversation each. */
beforeEach(async () => {
  serial++;
  [phone, second] = [`+49151200000${10 + serial}`, `+49151300000${10 + serial}`];
  await customersWrite(app, tenant, [
    { name: `Private${serial} Ada`, phone, texts: [`from home ${serial}`] },
    { name: `Office${serial} Lovelace`, phone: second, texts: [`from work ${serial}`] },
  ]);
  ids = [`from home ${serial}`, `from work ${serial}`].map(() => '') as [string, string];
  const list = await conversations();
  ids = [`from home ${serial}`, `from work ${serial}`].map(
    (text) => list.find((each) => each.lastMessage.text === text)?.contact.id ?? '',
  ) as [string, string];
});

describe('joining two contacts', () => {
  it('gives one the identities and conversations of the other, and keeps one live conversation', async () => {
    const [home, work] = ids;
    expect(await merge(home, work)).toMatchObject({ merge: { into: { id: home }, from: { id: work } }, userErrors: [] });
    expect((await contact(home)).identities.map((each: { value: string }) => each.value).sort()).toEqual([phone, second].sort());
    expect((await contact(work)).mergedInto).toEqual({ id: home });
    const mine = (await conversations()).filter((each) => each.contact.id === home);
    expect(mine.map((each) => [each.lastMessage.text, each.status]).sort()).toEqual([
      [`from home ${serial}`, 'RESOLVED'],
      [`from work ${serial}`, 'OPEN'],
    ]);
    // Either name finds the one that is left, and texts of both stay readable.
    expect(await search(`Office${serial}`)).toEqual([home]);
    expect(await search(second)).toEqual([home]);
  });

  it('takes what comes in on either identity to the one that is left', async () => {
    const [home, work] = ids;
    await merge(home, work);
    await customersWrite(app, tenant, [{ name: 'Ada', phone: second, texts: [`again ${serial}`] }]);
    const mine = (await conversations()).filter((each) => each.contact.id === home && each.status === 'OPEN');
    expect(mine.map((each) => each.lastMessage.text)).toEqual([`again ${serial}`]);
  });

  it('can be undone: each gets back what it had, once', async () => {
    const [home, work] = ids;
    const before = (await conversations()).filter((each) => ids.includes(each.contact.id));
    const { merge: made } = await merge(home, work);
    expect(await undo(made.id)).toMatchObject({ merge: { undoneAt: expect.any(String) }, userErrors: [] });
    const after = (await conversations()).filter((each) => ids.includes(each.contact.id));
    const sorted = (list: typeof before) => list.map((each) => [each.id, each.contact.id, each.status]).sort();
    expect(sorted(after)).toEqual(sorted(before));
    expect((await contact(work)).identities).toEqual([{ value: second }]);
    expect((await contact(work)).mergedInto).toBeNull();
    expect((await undo(made.id)).userErrors).toEqual([{ code: 'MERGE_CONFLICT' }]);
  });

  it('goes over several contacts, and undoing the first leaves the others joined', async () => {
    const [home, work] = ids;
    const third = `+49151400000${10 + serial}`;
    await customersWrite(app, tenant, [{ name: 'Holiday Ada', phone: third, texts: [`from the sea ${serial}`] }]);
    const sea = (await conversations()).find((each) => each.lastMessage.text === `from the sea ${serial}`)?.contact.id ?? '';
    const first = await merge(work, sea);
    await merge(home, work);
    expect((await contact(home)).identities).toHaveLength(3);
    expect((await contact(sea)).mergedInto).toEqual({ id: home });
    await undo(first.merge.id);
    expect((await contact(sea)).identities).toEqual([{ value: third }]);
    expect((await contact(home)).identities).toHaveLength(2);
  });

  it('is refused for a contact with itself, twice, of others, and to who may not', async () => {
    const [home, work] = ids;
    expect((await merge(home, home)).userErrors[0].code).toBe('MERGE_CONFLICT');
    expect((await merge(home, '0190a000-0000-7000-8000-000000000000')).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['fromContactId'] },
    ]);
    await merge(home, work);
    expect((await merge(home, work)).userErrors[0].code).toBe('MERGE_CONFLICT');
    expect((await merge(work, home)).userErrors[0].code).toBe('MERGE_CONFLICT');
    const refused = await as(
      'analyst',
      'mutation($input: MergeContactsInput!) { mergeContacts(input: $input) { userErrors { code } } }',
      {
        input: { intoContactId: home, fromContactId: work },
      },
    );
    expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
