import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { startBrowser, type TestBrowser } from '../harness/browser.ts';
import { until } from '../harness/client.ts';
import { openInbox } from '../harness/inbox-page.ts';
import { ORDER_READY } from '../harness/templates.ts';
import { webRoot } from '../harness/web.ts';

let app: TestApp;
let browser: TestBrowser;
let alpha: TestTenant;

beforeAll(async () => {
  [app, browser] = await Promise.all([startTestApp({ webRoot: webRoot(), templates: [ORDER_READY] }), startBrowser()]);
  [alpha] = app.tenants;
  // Meta judges when the test says so.
  app.simulator.control.settings.reviewMs = [3_600_000, 3_600_000];
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

const atMeta = (name: string) => app.simulator.control.templates('9001').find((one) => one.name === name);
const judge = (name: string, status: 'APPROVED' | 'REJECTED', reason?: string) =>
  app.simulator.control.setTemplate({ wabaId: '9001', name, language: 'en_US' }, { status, reason });

async function openTemplates() {
  const opened = await openInbox(browser, app, alpha, 'owner');
  opened.page.setDefaultTimeout(15_000);
  await opened.page.goto(`${app.url}/templates`);
  return opened;
}

async function write(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New template' }).click();
  await page.locator('h2:focus', { hasText: 'New template' }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Text', { exact: true }).fill('Hello {{1}}, your order is on its way.');
  await page.getByLabel(/^Example for/).fill('Maha');
  await page.getByRole('button', { name: 'Hand to Meta' }).click();
  await page.getByText('Handed to Meta.').waitFor();
  await page.getByRole('heading', { name }).waitFor();
}

/** Where the template stands that is shown beside the list. */
const status = (page: Page, words: string) => page.locator('.detail header').getByText(words, { exact: true });

describe('the templates of a company', () => {
  it('are read from Meta when somebody asks', async () => {
    const { page, close } = await openTemplates();
    await page.getByText('No template yet.').waitFor();
    await page.getByRole('button', { name: 'Read from Meta' }).click();
    await page.getByText('Read from Meta: 1 account.').waitFor();
    await page.getByRole('link', { name: /order_ready.*Approved/ }).waitFor();
    await close();
  }, 40_000);

  it('are handed in, approved before the eyes of who wrote them, changed, and deleted once that is confirmed', async () => {
    const { page, faults, close } = await openTemplates();
    await write(page, 'order_sent');
    await status(page, 'In review').waitFor();
    judge('order_sent', 'APPROVED');
    await status(page, 'Approved').waitFor();
    await page.getByRole('link', { name: /order_sent.*Approved/ }).waitFor();
    await page.getByText('Can be sent', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Text', { exact: true }).fill('Hello {{1}}, your order left us today.');
    await page.getByRole('button', { name: 'Hand to Meta' }).click();
    await page.getByRole('region', { name: 'As the customer sees it' }).getByText('left us today').waitFor();
    await until(() => JSON.stringify(atMeta('order_sent')?.components).includes('left us today'));

    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Not now' }).click();
    expect(await page.getByRole('link', { name: /order_sent/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Deleted.').waitFor();
    await page.getByRole('link', { name: /order_sent/ }).waitFor({ state: 'detached' });
    await until(() => atMeta('order_sent') === undefined);
    expect(faults).toEqual([]);
    await close();
  }, 60_000);

  it('that Meta refuses say why at once', async () => {
    const { page, close } = await openTemplates();
    await write(page, 'big_prize');
    await status(page, 'In review').waitFor();
    judge('big_prize', 'REJECTED', 'PROMOTIONAL');
    await status(page, 'Rejected').waitFor();
    await page.getByText(/Meta’s reason: it advertises.*PROMOTIONAL/).waitFor();
    await page.getByLabel('Status').selectOption('REJECTED');
    await page.getByRole('link', { name: /big_prize/ }).waitFor();
    await page.getByRole('link', { name: /order_ready/ }).waitFor({ state: 'detached' });
    await close();
  }, 40_000);
});
