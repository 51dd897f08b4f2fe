import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { startBrowser, type TestBrowser } from '../harness/browser.ts';
import { postWebhook, until } from '../harness/client.ts';
import { body, change, text } from '../harness/envelopes.ts';
import { executeOn } from '../harness/execute-on.ts';
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

const sent = (words: string) => app.simulator.control.accepted.filter((one) => one.text === words).length;

async function openAs(role: string, name = ADA.name) {
  const opened = await openInbox(browser, app, alpha, role);
  opened.page.setDefaultTimeout(15_000);
  await openThread(opened.page, name);
  return { ...opened, log: opened.page.getByRole('log') };
}

/** A day and time some hours ahead, as a field takes it, by clocks of Abidjan. */
const ahead = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16);

async function schedule(page: Page, words: string): Promise<void> {
  await page.locator('textarea').fill(words);
  await page.getByRole('button', { name: 'More ways to send' }).click();
  await page.getByRole('menuitem', { name: 'Send later' }).click();
  await page.getByLabel('Time zone').selectOption('Africa/Abidjan');
  await page.getByLabel('Day and time').fill(ahead(3));
  await page.getByRole('button', { name: 'Schedule' }).click();
}

async function hold(page: Page, words: string, why: string): Promise<void> {
  await page.locator('textarea').fill(words);
  await page.getByRole('button', { name: 'More ways to send' }).click();
  await page.getByRole('menuitem', { name: /^Hold/ }).click();
  await page.getByLabel('Why it should wait').fill(why);
  await page.getByRole('button', { name: 'Hold it' }).click();
}

describe('a message that waits in its thread', () => {
  it('gets another time in the zone it was scheduled in, and goes out at once when that is wanted', async () => {
    const { page, log, faults, close } = await openAs('agent');
    await schedule(page, 'The van is on its way');
    const row = log.locator('.att', { hasText: 'The van is on its way' });
    await row.getByText('Goes out').waitFor();
    const before = await row.getByText('Goes out').textContent();
    await row.getByRole('button', { name: 'Change the time' }).click();
    const dialog = page.getByRole('dialog', { name: 'When shall it go out?' });
    await dialog.getByText('As clocks show it in').waitFor();
    await dialog.getByLabel('Day and time').fill('2020-01-01T09:00');
    await dialog.getByRole('button', { name: 'Change the time' }).click();
    await dialog.getByText('That time is past.').waitFor();
    await dialog.getByLabel('Day and time').fill(ahead(5));
    await dialog.getByRole('button', { name: 'Change the time' }).click();
    await page.getByText('The time is changed.').waitFor();
    await until(async () => (await row.getByText('Goes out').textContent()) !== before);
    expect(sent('The van is on its way')).toBe(0);

    await row.getByRole('button', { name: 'Change the time' }).click();
    await dialog.getByRole('button', { name: 'Send now' }).click();
    await until(() => sent('The van is on its way') === 1);
    await log.getByText('Goes out').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await close();
  }, 60_000);

  it('is held with its reason until it is released, and counts on the rail meanwhile', async () => {
    const { page, log, close } = await openAs('agent');
    await hold(page, 'We refund all of it', 'The manager reads it first');
    await log.getByText(/Held: .*The manager reads it first/).waitFor();
    await page.getByRole('link', { name: 'Not sent, 1 needs somebody' }).waitFor();
    expect(sent('We refund all of it')).toBe(0);
    await log.getByRole('button', { name: 'Send it now' }).click();
    await until(() => sent('We refund all of it') === 1);
    await log.getByText(/^Held/).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Not sent', exact: true }).waitFor();
    await close();
  }, 60_000);

  it('is cancelled from the list of what is held', async () => {
    const { page, log, close } = await openAs('agent');
    await hold(page, 'Better not', 'Not sure');
    await log.getByText(/Held: .*Not sure/).waitFor();
    await page.getByRole('link', { name: /^Not sent/ }).click();
    await page.getByRole('link', { name: 'Held' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Better not' });
    await row.getByText('Not sure').waitFor();
    await row.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Nothing is held.').waitFor();
    // Nothing is left that could have the focus: it begins at the page's headline again.
    await page.locator('h1:focus').waitFor();
    expect(sent('Better not')).toBe(0);
    await close();
  }, 60_000);
});

describe('what failed', () => {
  const write = async (page: Page, words: string) => {
    await page.locator('textarea').fill(words);
    await page.keyboard.press('Enter');
  };

  it('goes out again all together, while what may have been sent waits for somebody who says so', async () => {
    const { page, log, close } = await openAs('agent');
    app.simulator.control.fault({ kind: 'webhook', code: 131_000 }, { next: 2 });
    await write(page, 'First parcel');
    await log.getByText('(131000)').first().waitFor();
    await write(page, 'Second parcel');
    await until(async () => (await log.getByText('(131000)').count()) === 2);
    app.simulator.control.fault({ kind: 'reset' }, { next: 1 });
    await write(page, 'Third parcel');
    await log.getByRole('img', { name: 'May have been sent' }).waitFor();
    await page.getByRole('link', { name: 'Not sent, 3 need somebody' }).click();

    await page.getByRole('button', { name: 'Send all again…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send again?' });
    await dialog.getByText('2 messages failed').waitFor();
    await dialog.getByText('1 message may have been sent already').waitFor();
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('2 messages are on their way again.').waitFor();
    const third = page.getByRole('listitem').filter({ hasText: 'Third parcel' });
    await page.getByRole('listitem').filter({ hasText: 'First parcel' }).waitFor({ state: 'detached' });
    await third.getByText('May have been sent').waitFor();
    expect(sent('Third parcel')).toBe(0);

    await third.getByRole('button', { name: 'Send again…' }).click();
    const again = dialog.getByRole('button', { name: 'Send again' });
    expect(await again.isEnabled()).toBe(false);
    await dialog.getByRole('checkbox').check();
    await again.click();
    await page.getByText('Everything was sent.').waitFor();
    await until(() => sent('Third parcel') === 1);
    await page.getByRole('link', { name: 'Not sent', exact: true }).waitFor();
    await close();
  }, 90_000);
});

describe('the quarantine', () => {
  it('shows what came and could not be read, and lets it be read again or dismissed', async () => {
    // An account of its own: what comes for it is about nobody else.
    await executeOn(
      app.address,
      `begin; alter table whatsapp_account disable row level security;
       update whatsapp_account set waba_id = '9777' where tenant_id = '${alpha.id}';
       update lookup set digest = sha256('9777') where kind = 'WABA' and tenant_id = '${alpha.id}';
       alter table whatsapp_account enable row level security; commit`,
    );
    const half = (words: string) =>
      Buffer.from(
        body(change(alpha.phoneNumberId, { messages: [{ id: 7 } as never, text(`wamid.${words}`, '4915550006', words)] }))
          .toString()
          .replace('"id":"9001"', '"id":"9777"'),
      );
    expect(await postWebhook(app.url, half('Understood'))).toBe(200);
    const { page, faults, close } = await openInbox(browser, app, alpha, 'owner');
    page.setDefaultTimeout(15_000);
    await page.goto(`${app.url}/settings/quarantine`);
    const card = page.getByRole('region', { name: /^no type at/ });
    await card.waitFor();
    await page.getByRole('button', { name: 'Settings, 1 thing needs somebody' }).waitFor();
    await card.getByText('What it said').click();
    await card.locator('pre').getByText('Understood').waitFor();
    await card.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('It is read again.').waitFor();
    // It still cannot be read, so it comes back.
    await card.waitFor();
    await card.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('All is well.').waitFor();
    await page.getByRole('button', { name: 'Settings', exact: true }).waitFor();
    expect(faults).toEqual([]);
    await close();
  }, 90_000);
});
