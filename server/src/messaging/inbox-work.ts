import type { Query } from '../platform/query.ts';
import type { ReceivedChange } from '../whatsapp/read-envelope.ts';
import type { Lines } from './find-lines.ts';
import { readBody } from './read-body.ts';
import type { ReceivedBody } from './received-body.ts';
import type { Line } from './updates.ts';

/** A body on its way into the tables: what it says, and whom it is for. */
export interface InboxWork {
  body: ReceivedBody;
  changes: ReceivedChange[];
  /** What could not be understood, without content; null when all was. */
  fault: string | null;
  tenants: ReadonlySet<string>;
}

/** Reads bodies and finds whose they are. Gives the works and the owners of all the numbers they name. */
export async function readWork(
  query: Query,
  lines: Lines,
  bodies: readonly ReceivedBody[],
): Promise<{ works: InboxWork[]; owners: ReadonlyMap<string, Line> }> {
  const read = bodies.map((body) => ({ body, ...readBody(body.raw) }));
  const numbers = new Set<string>();
  for (const { changes } of read) {
    for (const { phoneNumberId } of changes) if (phoneNumberId !== undefined) numbers.add(phoneNumberId);
  }
  const owners = numbers.size ? await lines.find(query, numbers) : new Map<string, Line>();
  const works = read.map(({ body, changes, fault }) => ({ body, changes, fault, tenants: tenantsOf(changes, owners) }));
  return { works, owners };
}

function tenantsOf(changes: readonly ReceivedChange[], owners: ReadonlyMap<string, Line>): Set<string> {
  const tenants = new Set<string>();
  for (const { phoneNumberId } of changes) {
    const owner = phoneNumberId === undefined ? undefined : owners.get(phoneNumberId);
    if (owner) tenants.add(owner.tenantId);
  }
  return tenants;
}
