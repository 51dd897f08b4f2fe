import type { Cookie, Page } from 'playwright-core';
import type { TestApp, TestTenant } from './app.ts';
import type { PageOptions, RecordedPage, TestBrowser } from './browser.ts';

/** The sessions of a browser, by the address that signed in. */
const sessions = new WeakMap<TestBrowser, Map<string, Cookie[]>>();

/** Opens the inbox as a member: by the sign-in form the first time, then with the session of that time for as long as it lasts. */
export async function openInbox(
  browser: TestBrowser,
  app: TestApp,
  tenant: TestTenant,
  role: string,
  options: PageOptions = {},
): Promise<RecordedPage> {
  const { email = '', password = '' } = tenant.users[role] ?? {};
  const known = sessions.get(browser) ?? new Map<string, Cookie[]>();
  sessions.set(browser, known);
  const opened = await browser.open({ locale: 'en', ...options, cookies: known.get(email) });
  const { page } = opened;
  await page.goto(app.url);
  await page.waitForSelector('a.conv, .empty, input[type=email]');
  if (await page.locator('input[type=email]').count()) {
    await page.fill('input[type=email]', email);
    await page.fill('input[type=password]', password);
    await page.click('button[type=submit]');
    await page.waitForSelector('a.conv, .empty');
    known.set(email, await page.context().cookies());
  }
  return opened;
}

/** Lets a customer write to a tenant's number. */
export function customerWrites(
  app: TestApp,
  tenant: TestTenant,
  { phone, name }: { phone: string; name: string },
  text: string,
): void {
  app.simulator.control.write({ phoneNumberId: tenant.phoneNumberId, phone, name, text });
}

/** Shows all open conversations and opens the one of a customer. */
export async function openThread(page: Page, name: string): Promise<void> {
  await page.locator('[data-view=open]').click();
  await page.locator('a.conv', { hasText: name }).click();
  await page.waitForSelector('[role=log]');
}

/** Reads the page anew in a language and a theme, as one who chose them. */
export async function keepPreferences(page: Page, locale: 'en' | 'ar', theme: 'light' | 'dark'): Promise<void> {
  const chosen = { locale, theme, density: 'comfortable', digits: 'latn', chosen: true };
  await page.evaluate((kept) => localStorage.setItem('cube.preferences', JSON.stringify(kept)), chosen);
  await page.reload();
}
