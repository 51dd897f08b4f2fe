import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestApp, TestTenant } from './app.ts';
import type { PageOptions, RecordedPage, TestBrowser } from './browser.ts';
import { openInbox } from './inbox-page.ts';

export interface OpenedNumbers extends RecordedPage {
  /** Whatever the API has answered the page. */
  answers: string[];
}

/** Opens the page of the numbers as somebody of that role. */
export async function openNumbersPage(
  browser: TestBrowser,
  app: TestApp,
  tenant: TestTenant,
  { role = 'owner', options = {} }: { role?: string; options?: PageOptions } = {},
): Promise<OpenedNumbers> {
  const opened = await openInbox(browser, app, tenant, role, options);
  const answers: string[] = [];
  opened.page.setDefaultTimeout(15_000);
  await opened.page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    answers.push(await response.text());
    await route.fulfill({ response });
  });
  await opened.page.goto(`${app.url}/settings/numbers`);
  await opened.page.getByRole('heading', { level: 1, name: 'Numbers' }).waitFor();
  const close = async () => {
    await opened.page.unrouteAll({ behavior: 'ignoreErrors' });
    await opened.close();
  };
  return { ...opened, close, answers };
}

export const cardOf = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

/** Fails when a secret is on the page, or came with any answer. */
export async function expectHidden({ page, answers }: OpenedNumbers, ...secrets: string[]): Promise<void> {
  const all = [await page.content(), ...answers].join(' ');
  for (const secret of secrets) expect(all.includes(secret)).toBe(false);
}
