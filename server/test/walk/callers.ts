import { headersFor, post, signIn } from '../harness/client.ts';
import type { World } from './world.ts';

export interface Caller {
  name: string;
  headers: Record<string, string>;
}

export interface Callers {
  /** Every role of ours, as a signed-in person and as a key. */
  ours: Caller[];
  /** Whoever holds nothing that is good here. */
  strangers: Caller[];
  nobody: Caller;
  owner: Caller;
}

/** Everyone who could ask: each role of ours by session and by key, and all kinds of strangers. */
export async function callersOf({ app, ours, theirs, revokedKey, removedSession }: World): Promise<Callers> {
  const { url } = app;
  const people: Caller[] = [];
  const keys: Caller[] = [];
  for (const [role, user] of Object.entries(ours.users)) {
    people.push({ name: `${role}, signed in`, headers: headersFor({ cookie: await signIn(url, user.email, user.password) }) });
    keys.push({ name: `a key of ${role}`, headers: headersFor({ apiKey: ours.apiKeys[role] ?? '' }) });
  }
  const theirKey = headersFor({ apiKey: theirs.apiKeys.owner ?? '' });
  const theirSession = headersFor({
    cookie: await signIn(url, theirs.users.owner?.email ?? '', theirs.users.owner?.password ?? ''),
  });
  const nobody: Caller = { name: 'nobody', headers: {} };
  return {
    ours: [...people, ...keys],
    nobody,
    owner: people.find((caller) => caller.name.startsWith('owner')) as Caller,
    strangers: [
      nobody,
      { name: 'a revoked key', headers: headersFor({ apiKey: revokedKey }) },
      { name: 'a removed member', headers: headersFor({ cookie: removedSession }) },
      { name: 'a made-up key', headers: headersFor({ apiKey: `cc_test_${'0'.repeat(32)}_${'x'.repeat(43)}` }) },
      { name: 'a made-up session', headers: headersFor({ cookie: 'session=made-up' }) },
      { name: 'their session that names our tenant', headers: { ...theirSession, 'x-tenant-id': ours.id } },
      { name: 'their key that names our tenant', headers: { ...theirKey, 'x-tenant-id': ours.id } },
      {
        name: 'our key that names their tenant',
        headers: { ...headersFor({ apiKey: ours.apiKeys.owner ?? '' }), 'x-tenant-id': theirs.id },
      },
    ],
  };
}

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** The whole answer of one operation, as text. */
export async function answerTo(url: string, caller: Caller, operation: Operation): Promise<string> {
  const { status, body } = await post(`${url}/graphql`, operation, caller.headers);
  return `${status} ${body}`;
}
