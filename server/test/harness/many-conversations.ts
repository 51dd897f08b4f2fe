import type { TestApp, TestTenant } from './app.ts';
import { ask } from './client.ts';
import { customersWrite } from './customers.ts';
import { tenantQuery } from '../../src/platform/tenant-query.ts';

/** So many customers, each with a conversation in which they wrote one text; they differ in name and phone. */
export async function manyConversations(app: TestApp, tenant: TestTenant, count: number): Promise<void> {
  const customers = Array.from({ length: count }, (_, index) => {
    const serial = String(index).padStart(4, '0');
    return { name: `Customer ${serial}`, phone: `+4915112340${serial}`, texts: [`Text ${serial}`] };
  });
  for (let at = 0; at < count; at += 100) await customersWrite(app, tenant, customers.slice(at, at + 100));
}

/** Runs plain SQL as the application, in one tenant. */
export function inTenant<Row extends object>(
  { services }: TestApp,
  tenant: TestTenant,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return tenantQuery(services.database.app, tenant.id, (query) => query<Row>(sql, values));
}

interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

/** Walks a list from page to page to its end and gives the ids of its nodes. `query` takes `$cursor` and is one connection at `path`. */
export async function walkPages(
  url: string,
  apiKey: string,
  query: string,
  path: string[],
  isBackward = false,
): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null, pages = 0; pages < 1000; pages++) {
    const { data, errors } = await ask(url, { apiKey }, query, { cursor });
    if (errors) throw new Error(JSON.stringify(errors));
    const page = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], data) as {
      nodes: { id: string }[];
      pageInfo: PageInfo;
    };
    const found = page.nodes.map((node) => node.id);
    if (isBackward) ids.unshift(...found);
    else ids.push(...found);
    if (!(isBackward ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) return ids;
    cursor = isBackward ? page.pageInfo.startCursor : page.pageInfo.endCursor;
  }
  throw new Error('This list has no end.');
}
