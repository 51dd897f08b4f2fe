import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { startBrowser, type TestBrowser } from '../harness/browser.ts';
import { customerWrites, openInbox, openThread } from '../harness/inbox-page.ts';
import { webRoot } from '../harness/web.ts';

const ADA = { phone: '+4915550001', name: 'Ada Lovelace' };
const BOB = { phone: '+4915550002', name: 'Bob Noyce' };

let app: TestApp;
let browser: TestBrowser;
let alpha: TestTenant;

beforeAll(async () => {
  [app, browser] = await Promise.all([startTestApp({ webRoot: webRoot() }), startBrowser()]);
  [alpha] = app.tenants;
  customerWrites(app, alpha, ADA, 'Good morning');
  customerWrites(app, alpha, BOB, 'Good evening');
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

/** What axe finds against WCAG 2.2 AA, a line each. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}`));
}

const PAGES = [
  ['/failed', 'Not sent', 'لم تُرسل'],
  ['/contacts', 'Contacts', 'جهات الاتصال'],
  ['/templates', 'Templates', 'القوالب'],
  ['/settings/numbers', 'Numbers', 'الأرقام'],
  ['/settings/quarantine', 'Unread webhooks', 'إشعارات لم تُقرأ'],
] as const;

describe('the pages beside the inbox', () => {
  for (const locale of ['en', 'ar'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`are shown without a fault of accessibility (${locale}, ${colorScheme})`, async () => {
        const { page, faults, close } = await openInbox(browser, app, alpha, 'owner', { locale: 'en', colorScheme });
        if (locale === 'ar') {
          await page.getByRole('button', { name: 'Settings' }).first().click();
          await page.getByText('العربية').first().click();
          await page.waitForFunction(() => document.documentElement.dir === 'rtl');
        }
        for (const [path, english, arabic] of PAGES) {
          await page.goto(app.url + path);
          await page.getByRole('heading', { level: 1, name: locale === 'ar' ? arabic : english }).waitFor();
          await page.waitForLoadState('networkidle');
          expect([path, await faultsOf(page)]).toEqual([path, []]);
        }
        expect(faults).toEqual([]);
        await close();
      }, 60_000);
    }
  }
});

describe('what was not sent', () => {
  it('waits on a page with its reason, and goes out again from there', async () => {
    const { page, close } = await openInbox(browser, app, alpha, 'owner');
    await openThread(page, ADA.name);
    app.simulator.control.fault({ kind: 'webhook', code: 131_000 }, { next: 1 });
    await page.locator('textarea').fill('The van comes on Saturday');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('(131000)').waitFor();
    await page.getByRole('link', { name: /^Not sent/ }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'The van comes on Saturday' });
    await row.getByText('(131000)').waitFor();
    await row.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('1 message is on its way again.').waitFor();
    await page.getByText('Everything was sent.').waitFor();
    await close();
  }, 40_000);
});

describe('the contacts', () => {
  it('become one of two, and two again', async () => {
    const { page, close } = await openInbox(browser, app, alpha, 'owner');
    await page.getByRole('link', { name: 'Contacts' }).click();
    await page.getByRole('checkbox', { name: new RegExp(ADA.name) }).check();
    await page.getByRole('checkbox', { name: new RegExp(BOB.name) }).check();
    await page.getByRole('button', { name: 'Merge…' }).click();
    await page.getByRole('dialog').getByText(ADA.name).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByText('Merged.').waitFor();
    await page
      .getByRole('cell', { name: new RegExp(BOB.name) })
      .first()
      .waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page
      .getByRole('cell', { name: new RegExp(BOB.name) })
      .first()
      .waitFor();
    await close();
  }, 40_000);
});

describe('the templates', () => {
  it('are written with a preview, and kept as a draft', async () => {
    const { page, close } = await openInbox(browser, app, alpha, 'owner');
    await page.goto(`${app.url}/templates`);
    await page.getByRole('button', { name: 'New template' }).click();
    await page.getByLabel('Name', { exact: true }).fill('order_shipped');
    await page.getByLabel('Text', { exact: true }).fill('Hello {{1}}, your order is on its way.');
    await page.getByLabel(/^Example for/).fill('Maha');
    await page.getByRole('region', { name: 'As the customer sees it' }).getByText('Maha').waitFor();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Kept as a draft.').waitFor();
    await page.getByRole('heading', { name: 'order_shipped' }).waitFor();
    await close();
  }, 40_000);
});

describe('the quarantine', () => {
  it('says that all is well while everything could be read, and is no page for agents', async () => {
    const owner = await openInbox(browser, app, alpha, 'owner');
    await owner.page.goto(`${app.url}/settings/quarantine`);
    await owner.page.getByText('All is well.').waitFor();
    await owner.close();
    const agent = await openInbox(browser, app, alpha, 'agent');
    await agent.page.goto(`${app.url}/settings/quarantine`);
    await agent.page.getByText('This page is not part of your role.').waitFor();
    await agent.close();
  }, 40_000);
});
