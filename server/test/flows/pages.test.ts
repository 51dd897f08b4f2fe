import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantQuery } from '../../src/platform/tenant-query.ts';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { axeFaults } from '../harness/axe.ts';
import { startBrowser, type TestBrowser } from '../harness/browser.ts';
import { until } from '../harness/client.ts';
import { customerWrites, openInbox, openThread } from '../harness/inbox-page.ts';
import { webRoot } from '../harness/web.ts';

const ADA = { phone: '+4915550001', name: 'Ada Lovelace' };

let app: TestApp;
let browser: TestBrowser;
let alpha: TestTenant;

beforeAll(async () => {
  [app, browser] = await Promise.all([startTestApp({ webRoot: webRoot() }), startBrowser()]);
  [alpha] = app.tenants;
  customerWrites(app, alpha, ADA, 'Good morning');
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

async function switchToArabic(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByText('العربية').first().click();
  await page.waitForFunction(() => document.documentElement.dir === 'rtl');
}

describe('accessibility', () => {
  for (const locale of ['en', 'ar']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`of the sign-in, the list and a thread is without fault (${locale}, ${colorScheme})`, async () => {
        const { page, close } = await browser.open({ locale, colorScheme });
        await page.goto(app.url);
        await page.waitForSelector('input[type=email]');
        expect(await axeFaults(page)).toEqual([]);
        await close();
        const inbox = await openInbox(browser, app, alpha, 'agent', { locale, colorScheme });
        await openThread(inbox.page, ADA.name);
        if (locale === 'ar') await switchToArabic(inbox.page);
        expect(await axeFaults(inbox.page)).toEqual([]);
        await inbox.close();
      });
    }
  }
});

describe('the composer', () => {
  it('says why it is shut, and since when, once the customer has been silent for a day', async () => {
    const { page, close } = await openInbox(browser, app, alpha, 'agent');
    await openThread(page, ADA.name);
    await page.locator('textarea').waitFor();
    await tenantQuery(app.services.database.app, alpha.id, (query) =>
      query(`update service_window set last_inbound_at = cube_now() - interval '25 hours'`),
    );
    await close();
    const later = await openInbox(browser, app, alpha, 'agent');
    await openThread(later.page, ADA.name);
    await later.page.getByText('The 24-hour window closed').waitFor();
    expect(await later.page.locator('textarea').count()).toBe(0);
    customerWrites(app, alpha, ADA, 'Are you still there?');
    await later.page.locator('textarea').waitFor();
    await later.close();
  });
});

describe('the page to write as a customer', () => {
  it('brings a new customer into the inbox', async () => {
    const { page, close, origins } = await browser.open({ locale: 'en' });
    await page.goto(`${app.url}/simulator`);
    await page.waitForLoadState('networkidle');
    expect([...origins]).toEqual([app.url]);
    await close();
  });
});

describe('the playground', () => {
  it('runs a query and a subscription without asking anything of another origin', async () => {
    const { page, origins, close } = await openInbox(browser, app, alpha, 'owner');
    await page.goto(`${app.url}/graphql`);
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.getByText('"conversations"').first().waitFor({ timeout: 15_000 });
    await until(() => origins.size > 0);
    expect([...origins]).toEqual([app.url]);
    await close();
  }, 40_000);
});
