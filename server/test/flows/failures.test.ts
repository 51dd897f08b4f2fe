import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { startBrowser, type TestBrowser } from '../harness/browser.ts';
import { customerWrites, openInbox, openThread } from '../harness/inbox-page.ts';
import { webRoot } from '../harness/web.ts';

const ADA = { phone: '+4915550001', name: 'Ada Lovelace' };

let app: TestApp;
let browser: TestBrowser;
let alpha: TestTenant;

beforeAll(async () => {
  [app, browser] = await Promise.all([startTestApp({ webRoot: webRoot(), simulator: { webhooksAtOnce: 4 } }), startBrowser()]);
  [alpha] = app.tenants;
  customerWrites(app, alpha, ADA, 'Good morning');
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('a reply that does not arrive', () => {
  it('says why with the code of WhatsApp, and goes out again on request as the same message', async () => {
    const { page, close } = await openInbox(browser, app, alpha, 'agent');
    await openThread(page, ADA.name);
    const log = page.getByRole('log');
    app.simulator.control.fault({ kind: 'webhook', code: 131_000 }, { next: 1 });
    await page.locator('textarea').fill('Here is the address');
    await page.keyboard.press('Enter');
    await log.getByText('WhatsApp had a fault and gave up.').waitFor();
    await log.getByText('(131000)').waitFor();
    await log.getByRole('button', { name: 'Send again' }).click();
    await log.getByRole('img', { name: 'Read' }).waitFor();
    expect(await log.getByText('Here is the address').count()).toBe(1);
    expect(await log.getByText('WhatsApp had a fault').count()).toBe(0);
    await close();
  });

  it('is shown as uncertain, without a way to send it twice, when the connection broke in mid-send', async () => {
    const { page, close } = await openInbox(browser, app, alpha, 'agent');
    await openThread(page, ADA.name);
    const log = page.getByRole('log');
    app.simulator.control.fault({ kind: 'reset' }, { next: 1 });
    await page.locator('textarea').fill('The van comes on Saturday');
    await page.keyboard.press('Enter');
    await log.getByRole('img', { name: 'May have been sent' }).waitFor();
    expect(await log.getByRole('button', { name: 'Send again' }).count()).toBe(0);
    await close();
  });

  it('because nothing reaches the customer marks their address, until they write', async () => {
    const { page, close } = await openInbox(browser, app, alpha, 'agent');
    await openThread(page, ADA.name);
    const panel = page.getByRole('complementary', { name: 'Contact', exact: true });
    if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Contact panel' }).click();
    await panel.getByText('+49 1 555 0001').waitFor();
    expect(await panel.getByText('WhatsApp could not deliver here').count()).toBe(0);
    app.simulator.control.fault({ kind: 'webhook', code: 131_026 }, { next: 1 });
    await page.locator('textarea').fill('Are you there?');
    await page.keyboard.press('Enter');
    await panel.getByText('WhatsApp could not deliver here').waitFor();
    customerWrites(app, alpha, ADA, 'Yes');
    await panel.getByText('WhatsApp could not deliver here').waitFor({ state: 'detached' });
    await close();
  });
});
