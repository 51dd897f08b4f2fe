import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../simulator/samples.ts';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { axeFaults } from '../harness/axe.ts';
import { type PageOptions, startBrowser, type TestBrowser } from '../harness/browser.ts';
import { until } from '../harness/client.ts';
import { customerWrites, keepPreferences, openInbox, openThread } from '../harness/inbox-page.ts';
import { cardOf, expectHidden, openNumbersPage } from '../harness/numbers-page.ts';
import { webRoot } from '../harness/web.ts';

const ADA = { phone: '+4915550001', name: 'Ada Lovelace' };
const BOB = { phone: '+4915550002', name: 'Bob Noyce' };
const SHOP = { phoneNumberId: '55501', wabaId: '9100', token: 'token-of-the-corner-shop' };
const PICTURE = { name: 'shop.png', mimeType: 'image/png', buffer: sampleOf('png').bytes };
const APP = { appId: '424242', appSecret: 'secret-of-the-app', verifyToken: 'a-word-of-ours' };

let app: TestApp;
let browser: TestBrowser;
let alpha: TestTenant;

beforeAll(async () => {
  const numbers = [{ ...SHOP, displayPhone: '+49 30 5550777', name: 'Corner shop', businessId: '777' }];
  [app, browser] = await Promise.all([startTestApp({ webRoot: webRoot(), numbers }), startBrowser()]);
  [alpha] = app.tenants;
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

const openNumbers = (role = 'owner', options: PageOptions = {}) => openNumbersPage(browser, app, alpha, { role, options });

/** Takes an act out of a number's menu and gives the dialog that asks about it. */
async function choose(page: Page, name: string, act: string): Promise<Locator> {
  await page.getByRole('button', { name: new RegExp(`^More for .*${name}`) }).click();
  await page.getByRole('menuitem', { name: act }).click();
  return page.getByRole('dialog');
}

describe('connecting a number', () => {
  it('says what is missing, what Meta refused and what to do; then customers can write to it', async () => {
    const opened = await openNumbers();
    const { page } = opened;
    await page.getByRole('button', { name: 'Connect a number' }).click();
    const dialog = page.getByRole('dialog');
    const connect = () => dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await connect();
    expect(await dialog.getByText('This is needed.').count()).toBe(3);
    await dialog.getByLabel('Access token').fill('token-of-somebody-else');
    await dialog.getByLabel('Phone number ID').fill('the shop');
    await dialog.getByLabel('WhatsApp Business Account ID').fill(SHOP.wabaId);
    await connect();
    await dialog.getByText('Meta’s ids are digits only.').waitFor();
    await dialog.getByLabel('Phone number ID').fill(SHOP.phoneNumberId);
    await connect();
    await dialog.getByRole('alert').getByText('Make a new one in Meta Business Suite.').waitFor();
    expect(await dialog.getByLabel('Access token').getAttribute('aria-invalid')).toBe('true');

    await dialog.getByLabel('Access token').fill(SHOP.token);
    await dialog.getByLabel('Use our own Meta app').check();
    await dialog.getByLabel('App ID').fill(APP.appId);
    await dialog.getByLabel('App secret').fill(APP.appSecret);
    await dialog.getByLabel('Verify token').fill(APP.verifyToken);
    await connect();
    await page.getByRole('dialog', { name: /Corner shop.* is connected/ }).waitFor();
    await dialog.getByText(`${app.url}/webhooks/whatsapp/${APP.appId}`).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const card = cardOf(page, 'Corner shop');
    await card.getByText('Connected', { exact: true }).waitFor();
    await card.getByText('Quality high').waitFor();
    await card.getByText(`WABA ${SHOP.wabaId}`).waitFor();
    await page.reload();
    await card.waitFor();
    await expectHidden(opened, SHOP.token, APP.appSecret);

    app.simulator.control.write({ phoneNumberId: SHOP.phoneNumberId, ...ADA, text: 'Is the corner shop open?' });
    await page.goto(app.url);
    await page.getByRole('tab', { name: /All open/ }).click();
    await page.getByText('Is the corner shop open?').waitFor();
    await opened.close();
  }, 60_000);

  it('is refused for a number that is connected already', async () => {
    const { page, close } = await openNumbers();
    await page.getByRole('button', { name: 'Connect a number' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Access token').fill(SHOP.token);
    await dialog.getByLabel('Phone number ID').fill(SHOP.phoneNumberId);
    await dialog.getByLabel('WhatsApp Business Account ID').fill(SHOP.wabaId);
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByRole('alert').getByText('connected already').waitFor();
    await dialog.getByRole('button', { name: 'Not now' }).click();
    expect(await page.getByRole('region', { name: 'Corner shop', exact: true }).count()).toBe(1);
    await close();
  }, 40_000);
});

describe('a number', () => {
  it('shows what WhatsApp changes about it, without a reload', async () => {
    const { page, close } = await openNumbers();
    const card = cardOf(page, 'Corner shop');
    await card.getByText('80 messages a second').waitFor();
    await card.getByText('0 people, without limit').waitFor();
    app.simulator.control.setNumber(SHOP.phoneNumberId, { quality: 'RED' });
    await card.getByText('Quality low').waitFor();
    app.simulator.control.setTier('TIER_2K');
    await card.getByText('0 of 2,000 people').waitFor();
    app.simulator.control.setNumber(SHOP.phoneNumberId, { throughput: 'HIGH' });
    await card.getByText('1,000 messages a second').waitFor();
    app.simulator.control.setNumber(SHOP.phoneNumberId, { quality: 'YELLOW', nameStatus: 'DECLINED' });
    await card.getByRole('button', { name: 'Read anew' }).click();
    await page.getByText('Read anew from WhatsApp.').waitFor();
    await card.getByText('Quality medium').waitFor();
    await card.getByText('WhatsApp has refused it').waitFor();
    await close();
  }, 40_000);

  it('gets a profile; what WhatsApp would not take is said at its field', async () => {
    const { page, close } = await openNumbers();
    const dialog = await choose(page, 'Alpha shop', 'Edit profile');
    await dialog.getByLabel('Picture', { exact: true }).setInputFiles([PICTURE]);
    await dialog.getByText(/shop\.png.* goes to WhatsApp when you save/).waitFor();
    await dialog.getByLabel('About').fill('Open until ten');
    await dialog.getByLabel('E-mail').fill('not an address');
    await dialog.getByLabel('Website 1').fill('https://corner.example');
    await dialog.getByLabel('Line of business').selectOption({ label: 'Groceries' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').getByText('This is no e-mail address.').waitFor();
    await dialog.getByLabel('E-mail').fill('hello@corner.example');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved at WhatsApp.').waitFor();
    await cardOf(page, 'Alpha shop').getByText('Open until ten').waitFor();
    await page.reload();
    await choose(page, 'Alpha shop', 'Edit profile');
    await dialog.getByText('Customers see one now').waitFor();
    expect(await dialog.getByLabel('E-mail').inputValue()).toBe('hello@corner.example');
    expect(await dialog.getByLabel('Website 1').inputValue()).toBe('https://corner.example');
    expect(await dialog.getByLabel('Line of business').inputValue()).toBe('GROCERY');
    await close();
  }, 40_000);

  it('is paused with a reason that colleagues see; what is written waits, and goes out when it is resumed', async () => {
    customerWrites(app, alpha, BOB, 'Are you there?');
    const { page, close } = await openNumbers();
    const shop = 'Alpha shop';
    const dialog = await choose(page, shop, 'Pause…');
    const pause = dialog.getByRole('button', { name: 'Pause', exact: true });
    expect(await pause.isDisabled()).toBe(true);
    await dialog.getByLabel('Why?').fill('Stock-taking today');
    await pause.click();
    await cardOf(page, shop)
      .getByText(/Reason: .*Stock-taking today/)
      .waitFor();

    const agent = await openInbox(browser, app, alpha, 'agent');
    await openThread(agent.page, BOB.name);
    await agent.page.locator('textarea').fill('We count the shelves');
    await agent.page.keyboard.press('Enter');
    await agent.page.getByRole('log').getByText('We count the shelves').waitFor();
    await agent.page.goto(`${app.url}/settings/numbers`);
    const seen = cardOf(agent.page, shop);
    await seen.getByText('A colleague paused it.').waitFor();
    await seen.getByText(/Reason: .*Stock-taking today/).waitFor();
    expect(await agent.page.getByRole('button', { name: /Resume|Connect a number|^More for/ }).count()).toBe(0);
    expect(app.simulator.control.accepted.some(({ text }) => text === 'We count the shelves')).toBe(false);

    await cardOf(page, shop).getByRole('button', { name: 'Resume' }).click();
    await page.getByText('It sends again.').waitFor();
    await seen.getByText('Connected', { exact: true }).waitFor();
    await until(() => app.simulator.control.accepted.some(({ text }) => text === 'We count the shelves'));
    await agent.close();
    await close();
  }, 60_000);

  it('sends again with a new token after WhatsApp stopped it; tokens are never shown', async () => {
    const opened = await openNumbers();
    const { page } = opened;
    const shop = 'Alpha shop';
    customerWrites(app, alpha, BOB, 'How many are there?');
    const agent = await openInbox(browser, app, alpha, 'agent');
    await openThread(agent.page, BOB.name);
    await agent.page.getByRole('log').getByText('How many are there?').waitFor();
    app.simulator.control.setToken(alpha.token, 'expired');
    await agent.page.locator('textarea').fill('Counted');
    await agent.page.keyboard.press('Enter');
    const card = cardOf(page, shop);
    await card.getByText('Reason: WhatsApp does not accept the access token').waitFor();
    await card.getByText('Replace its token').waitFor();

    const dialog = await choose(page, shop, 'Replace the token');
    await dialog.getByLabel('Access token').fill('another-wrong-one');
    await dialog.getByRole('button', { name: 'Check and replace' }).click();
    await dialog.getByRole('alert').getByText('Make a new one in Meta Business Suite.').waitFor();
    app.simulator.control.setToken(alpha.token, null);
    await dialog.getByLabel('Access token').fill(alpha.token);
    await dialog.getByRole('button', { name: 'Check and replace' }).click();
    await page.getByText('The new token works.').waitFor();
    // It has been read from Meta, which knows it by another name.
    await cardOf(page, 'Alpha').getByText('Connected', { exact: true }).waitFor();
    await until(() => app.simulator.control.accepted.some(({ text }) => text === 'Counted'));
    await choose(page, 'Alpha', 'Replace the token');
    expect(await dialog.getByLabel('Access token').inputValue()).toBe('');
    await expectHidden(opened, alpha.token);
    await agent.close();
    await opened.close();
  }, 60_000);

  it('is disconnected after a question only, and comes back with what is known of it', async () => {
    const { page, close } = await openNumbers();
    const card = cardOf(page, 'Corner shop');
    const dialog = await choose(page, 'Corner shop', 'Disconnect…');
    await dialog.getByText('its token is forgotten').waitFor();
    await dialog.getByRole('button', { name: 'Not now' }).click();
    await card.getByText('Connected', { exact: true }).waitFor();
    await choose(page, 'Corner shop', 'Disconnect…');
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await card.getByText('Disconnected', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Connect again' }).click();
    expect(await dialog.getByLabel('Phone number ID').inputValue()).toBe(SHOP.phoneNumberId);
    expect(await dialog.getByLabel('WhatsApp Business Account ID').inputValue()).toBe(SHOP.wabaId);
    await dialog.getByLabel('Access token').fill(SHOP.token);
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await card.getByText('Connected', { exact: true }).waitFor();
    await close();
  }, 40_000);
});

describe('the dialogs of the numbers', () => {
  it('say in Arabic what Meta refused, and with its own words where those are not known', async () => {
    const { page, close } = await openNumbers();
    await keepPreferences(page, 'ar', 'dark');
    await page.locator('.btn.pri').first().click();
    const dialog = page.getByRole('dialog');
    for (const [at, value] of [SHOP.token, SHOP.phoneNumberId, SHOP.wabaId].entries())
      await dialog.locator('input:not([type=checkbox])').nth(at).fill(value);
    for (const [words, code] of Object.entries({ 'أُرسل الكثير دفعة واحدة.': 80_007, 'رفض واتساب ذلك.': 100 })) {
      app.simulator.control.fault({ kind: 'answer', code }, { percent: 100, on: 'numbers' });
      await dialog.locator('.btn.pri').click();
      await dialog.getByRole('alert').getByText(words).waitFor();
      app.simulator.control.clearFaults();
    }
    expect(await dialog.getByRole('alert').locator('[lang=en][dir=ltr]').innerText()).toContain('WhatsApp refused it');
    await close();
  }, 40_000);

  for (const locale of ['en', 'ar'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`have no fault of accessibility on a phone (${locale}, ${colorScheme})`, async () => {
        const { page, faults, close } = await openNumbers('owner', { colorScheme, size: { width: 390, height: 800 } });
        await keepPreferences(page, locale, colorScheme);
        const dialog = page.getByRole('dialog');
        await page.locator('.card').first().waitFor();
        await page.locator('.btn.pri').first().click();
        await dialog.locator('.cb').check();
        await dialog.locator('.btn.pri').click();
        await dialog.getByRole('alert').first().waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.locator('.card [aria-haspopup=menu]').first().click();
        await page.getByRole('menuitem').first().click();
        await dialog.locator('select').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
        expect(faults).toEqual([]);
        await close();
      }, 40_000);
    }
  }
});
