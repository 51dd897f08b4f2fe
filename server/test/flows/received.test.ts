import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerMessage } from '../../simulator/write-message.ts';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { axeFaults } from '../harness/axe.ts';
import { type PageOptions, startBrowser, type TestBrowser } from '../harness/browser.ts';
import { until } from '../harness/client.ts';
import { customerWrites, keepPreferences, openInbox, openThread } from '../harness/inbox-page.ts';
import { hurryJobs } from '../harness/media.ts';
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

const write = (customer: typeof ADA, message: Partial<CustomerMessage>) =>
  app.simulator.control.write({ phoneNumberId: alpha.phoneNumberId, ...customer, ...message });
const as = (customer: typeof ADA) => ({ phoneNumberId: alpha.phoneNumberId, ...customer });

interface Opened {
  page: Page;
  log: Locator;
  faults: string[];
  close: () => Promise<void>;
}

async function openAs(customer: typeof ADA, options: PageOptions = {}): Promise<Opened> {
  const opened = await openInbox(browser, app, alpha, 'agent', options);
  opened.page.setDefaultTimeout(8_000);
  await openThread(opened.page, customer.name);
  return { ...opened, log: opened.page.getByRole('log') };
}

describe('what a customer sends', () => {
  it('is shown as it is, kind by kind, and by its kind in the list', async () => {
    write(ADA, { media: { sample: 'jpeg' }, text: 'The *blue* one' });
    write(ADA, { media: { sample: 'mp4' } });
    write(ADA, { media: { sample: 'ogg' } });
    write(ADA, { media: { sample: 'pdf', fileName: 'offer.pdf' } });
    write(ADA, { media: { sample: 'webp' } });
    write(ADA, {
      type: 'location',
      content: { latitude: 24.7113, longitude: 46.6744, name: 'Kingdom Centre', address: 'Riyadh' },
    });
    write(ADA, {
      type: 'contacts',
      content: [{ name: { formatted_name: 'Lina Nasser' }, phones: [{ phone: '+966503142208' }] }],
    });
    write(ADA, {
      type: 'order',
      content: {
        catalog_id: '1',
        product_items: [{ product_retailer_id: 'SOFA-3', quantity: 2, item_price: 3450, currency: 'SAR' }],
      },
    });
    write(ADA, { type: 'unsupported', content: { type: 'poll_creation' } });
    const { page, log, faults, close } = await openAs(ADA);
    await log.getByRole('button', { name: /Open the photo.*The blue one/ }).waitFor();
    await log.locator('b', { hasText: 'blue' }).waitFor();
    await log.locator('video').waitFor();
    await log.getByRole('button', { name: 'Play the voice message' }).waitFor();
    await log.getByRole('link', { name: /offer\.pdf/ }).waitFor();
    await log.getByRole('img', { name: 'Sticker' }).waitFor();
    await log.getByText('Kingdom Centre').waitFor();
    expect(await log.getByRole('link', { name: 'Open on a map' }).getAttribute('rel')).toBe('noopener noreferrer');
    await log.getByText('Lina Nasser').waitFor();
    await log.getByText('SOFA-3').waitFor();
    expect(await log.getByRole('row', { name: /Total/ }).textContent()).toMatch(/6,900\.00/);
    await log.getByText('WhatsApp does not hand this message on').waitFor();
    await page.locator('a.conv', { hasText: 'A message that WhatsApp does not hand on' }).waitFor();
    write(ADA, { media: { sample: 'ogg' } });
    await page.locator('a.conv', { hasText: 'Voice message' }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  for (const locale of ['en', 'ar'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`is accessible, whatever kind it is (${locale}, ${colorScheme})`, async () => {
        const { page, log, close } = await openAs(ADA, { locale, colorScheme });
        await keepPreferences(page, locale, colorScheme);
        await log.locator('.pic img').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await log.locator('.pic').click();
        await page.locator('dialog img').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await close();
      });
    }
  }

  it('is enlarged by a click, goes on by the arrow, and closes by Escape', async () => {
    write(BOB, { media: { sample: 'jpeg' }, text: 'First' });
    write(BOB, { media: { sample: 'png' }, text: 'Second' });
    const { page, log, close } = await openAs(BOB);
    await log.getByRole('button', { name: /Open the photo.*First/ }).click();
    const light = page.getByRole('dialog', { name: 'Photo' });
    await light.getByText('1 of 2').waitFor();
    await until(() => light.locator('img').evaluate((picture: HTMLImageElement) => picture.naturalWidth > 0));
    await page.keyboard.press('ArrowRight');
    await light.getByText('Second').waitFor();
    await page.keyboard.press('+');
    await until(async () => (await light.locator('img').getAttribute('style'))?.includes('scale(1.5)'));
    expect(await light.getByRole('link', { name: 'Download' }).getAttribute('href')).toMatch(/^\/media\//);
    await page.keyboard.press('Escape');
    await light.waitFor({ state: 'detached' });
    await close();
  });

  it('changes when the customer edits it, takes it back, or reacts', async () => {
    customerWrites(app, alpha, BOB, 'On Saturday please');
    const { page, log, close } = await openAs(BOB);
    await page.locator('textarea').fill('Saturday it is');
    await page.keyboard.press('Enter');
    await log.getByText('Saturday it is').waitFor();
    const sent = await until(() => app.simulator.control.accepted.find(({ text }) => text === 'Saturday it is'));
    app.simulator.control.react({ ...as(BOB), messageId: sent.id, emoji: '🙏' });
    await log.getByRole('img', { name: /Bob Noyce.*🙏/ }).waitFor();
    const first = write(BOB, { text: 'No, on Sunday' });
    const second = write(BOB, { text: 'My card is 1234' });
    await log.getByText('My card is 1234').waitFor();
    app.simulator.control.edit({ ...as(BOB), messageId: first, text: 'No, on Monday' });
    app.simulator.control.revoke({ ...as(BOB), messageId: second });
    await log.getByText('No, on Monday').waitFor();
    await log.getByText('edited').waitFor();
    await log.getByText('deleted this message').waitFor();
    expect(await log.getByText('My card is 1234').count()).toBe(0);
    await close();
  });

  it('says that a file could not be fetched, and fetches it when somebody asks', async () => {
    const EVE = { phone: '+4915550003', name: 'Eve Hopper' };
    app.simulator.control.fault({ kind: 'http', status: 503 }, { percent: 100, on: 'lookup' });
    write(EVE, { media: { sample: 'jpeg' } });
    const { log, close } = await openAs(EVE);
    await log.getByRole('img', { name: 'Fetching the photo…' }).waitFor();
    const again = log.getByRole('button', { name: 'Try again' });
    await until(async () => {
      await hurryJobs(app);
      return (await again.count()) > 0;
    }, 60_000);
    app.simulator.control.clearFaults();
    await again.click();
    await log.getByRole('button', { name: 'Open the photo' }).waitFor({ timeout: 15_000 });
    await close();
  }, 90_000);
});
