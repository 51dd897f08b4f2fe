import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantQuery } from '../../src/platform/tenant-query.ts';
import { type PageOptions, startBrowser, type TestBrowser } from '../harness/browser.ts';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { until } from '../harness/client.ts';
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
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

const openAs = (tenant: TestTenant, role: string, options: PageOptions = {}) => openInbox(browser, app, tenant, role, options);
const write = (tenant: TestTenant, customer: typeof ADA, text: string) => customerWrites(app, tenant, customer, text);

describe('the inbox in a browser', () => {
  it('says so when the password is wrong, and lets in when it is right', async () => {
    const { page, close } = await browser.open({ locale: 'en' });
    await page.goto(app.url);
    await page.fill('input[type=email]', alpha.users['agent']?.email as string);
    await page.fill('input[type=password]', 'not this one at all');
    await page.click('button[type=submit]');
    await page.getByText('E-mail and password do not match.').waitFor();
    await page.fill('input[type=password]', alpha.users['agent']?.password as string);
    await page.click('button[type=submit]');
    await page.waitForSelector('.conv, .empty');
    await close();
  });

  it('shows what a customer writes at once, sends the answer on Enter, and moves its ticks', async () => {
    const { page, faults, origins, close } = await openAs(alpha, 'agent');
    write(alpha, ADA, 'Is the blue one in stock?');
    await openThread(page, ADA.name);
    const log = page.getByRole('log');
    await log.getByText('Is the blue one in stock?').waitFor();
    await page.locator('textarea').fill('It is, shall I put one aside?');
    await page.keyboard.press('Enter');
    await log.getByText('It is, shall I put one aside?').waitFor();
    await log.getByRole('img', { name: 'Read' }).last().waitFor();
    write(alpha, ADA, 'Yes please!');
    await log.getByText('Yes please!').waitFor();
    expect(app.simulator.control.accepted.map((sent) => sent.text)).toContain('It is, shall I put one aside?');
    expect(faults).toEqual([]);
    expect([...origins]).toEqual([app.url]);
    await close();
  });

  it('shows nothing of another company', async () => {
    const { page, close } = await openAs(app.tenants[1], 'owner');
    write(alpha, ADA, 'For Alpha only');
    write(app.tenants[1], BOB, 'For Beta only');
    await page.getByRole('tab', { name: /All open/ }).click();
    await page.getByText('For Beta only').waitFor();
    expect(await page.content()).not.toContain('For Alpha only');
    expect(await page.content()).not.toContain(ADA.name);
    await close();
  });

  it('sends once and shows once what was sent when the answer to a send is lost', async () => {
    const { page, close } = await openAs(alpha, 'agent');
    write(alpha, ADA, 'One more thing');
    await openThread(page, ADA.name);
    let lost = 0;
    await page.route('**/graphql', async (route) => {
      const isSend = route.request().postData()?.includes('sendMessage') ?? false;
      if (!isSend || lost++) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.locator('textarea').fill('Only once, please');
    await page.keyboard.press('Enter');
    const log = page.getByRole('log');
    await until(() => lost > 1, 15_000);
    await log.getByRole('img', { name: 'Read' }).last().waitFor();
    expect(await log.getByText('Only once, please').count()).toBe(1);
    expect(app.simulator.control.accepted.filter((sent) => sent.text === 'Only once, please')).toHaveLength(1);
    await close();
  });

  it('goes on where it stopped after the server was away', async () => {
    const { page, close } = await openAs(alpha, 'agent');
    write(alpha, ADA, 'Before the cut');
    await openThread(page, ADA.name);
    const log = page.getByRole('log');
    await log.getByText('Before the cut').waitFor();
    await page.evaluate(() => Object.assign(window, { samePage: true }));
    const port = Number(new URL(app.url).port);
    await app.app.close();
    await page.getByText('Offline').first().waitFor();
    const again = await startTestApp({ beside: app, port, webRoot: webRoot() });
    write(alpha, ADA, 'While you were away');
    await log.getByText('While you were away').waitFor({ timeout: 15_000 });
    expect(await page.evaluate(() => 'samePage' in window)).toBe(true);
    expect(await log.getByText('While you were away').count()).toBe(1);
    app.app = again.app;
    await close();
  }, 40_000);

  it('reads its screens anew when its cursor is of another log, again and again until it can, and then is live', async () => {
    const { page, close } = await openAs(alpha, 'agent');
    write(alpha, ADA, 'Before the restore');
    await openThread(page, ADA.name);
    const log = page.getByRole('log');
    await log.getByText('Before the restore').waitFor();
    await page.evaluate(() => Object.assign(window, { samePage: true }));
    let asked = 0;
    let isRefused = true;
    await page.route('**/graphql', async (route) => {
      const isReading = route.request().postData()?.includes('query OpenInbox') ?? false;
      if (isReading) asked += 1;
      if (!isReading || !isRefused) return route.continue();
      await route.abort('connectionreset');
    });
    const port = Number(new URL(app.url).port);
    await app.app.close();
    await tenantQuery(app.services.database.app, alpha.id, (query) =>
      query('update event_counter set epoch = $1', [randomBytes(8)]),
    );
    const again = await startTestApp({ beside: app, port, webRoot: webRoot() });
    write(alpha, ADA, 'Between two logs');
    await until(() => asked > 1, 15_000);
    await page.getByText('Offline').first().waitFor();
    isRefused = false;
    await log.getByText('Between two logs').waitFor({ timeout: 15_000 });
    await page.getByText('Offline').first().waitFor({ state: 'detached' });
    const reads = asked;
    write(alpha, ADA, 'Live once more');
    await log.getByText('Live once more').waitFor();
    expect(asked).toBe(reads);
    expect(await page.evaluate(() => 'samePage' in window)).toBe(true);
    expect(await log.getByText('Between two logs').count()).toBe(1);
    app.app = again.app;
    await close();
  }, 40_000);

  it('switches to Arabic without a reload, from right to left, and remembers it', async () => {
    const { page, close } = await openAs(alpha, 'agent');
    await page.evaluate(() => Object.assign(window, { samePage: true }));
    await page
      .getByRole('button', { name: /Settings|Preferences/ })
      .first()
      .click();
    await page.getByText('العربية').first().click();
    await page.waitForFunction(() => document.documentElement.dir === 'rtl' && document.documentElement.lang.startsWith('ar'));
    expect(await page.evaluate(() => 'samePage' in window)).toBe(true);
    await page.reload();
    await page.waitForFunction(() => document.documentElement.dir === 'rtl');
    await close();
  });

  it('is worked by the keyboard: j and k walk, Enter opens, Escape goes back', async () => {
    write(alpha, BOB, 'Second customer here');
    const { page, close } = await openAs(alpha, 'agent');
    await page.getByRole('tab', { name: /All open/ }).click();
    await page.locator('a.conv').nth(1).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=log]');
    // Out of the field first, then out of the thread.
    await until(async () => {
      await page.keyboard.press('Escape');
      return (await page.locator('[role=log]').count()) === 0;
    });
    await close();
  });

  it('shows one pane at a time on a phone, and the way back', async () => {
    const { page, close } = await openAs(alpha, 'agent', { size: { width: 390, height: 844 } });
    await page.getByRole('tab', { name: /All open/ }).click();
    await page.locator('.conv').first().click();
    await page.waitForSelector('[role=log]');
    expect(await page.locator('.conv').first().isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await page.goBack();
    await page.locator('.conv').first().waitFor({ state: 'visible' });
    await close();
  });
});
