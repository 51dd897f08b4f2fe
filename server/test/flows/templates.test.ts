import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../simulator/samples.ts';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { axeFaults } from '../harness/axe.ts';
import { startBrowser, type TestBrowser } from '../harness/browser.ts';
import { until } from '../harness/client.ts';
import { customerWrites, openInbox, openThread } from '../harness/inbox-page.ts';
import { ORDER_READY, WEEKEND_OFFER } from '../harness/templates.ts';
import { webRoot } from '../harness/web.ts';

const ADA = { phone: '+4915550001', name: 'Ada Lovelace' };

let app: TestApp;
let browser: TestBrowser;
let alpha: TestTenant;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startTestApp({ webRoot: webRoot(), templates: [ORDER_READY, WEEKEND_OFFER] }),
    startBrowser(),
  ]);
  [alpha] = app.tenants;
  customerWrites(app, alpha, ADA, 'Good morning');
  // Meta judges when the test says so.
  app.simulator.control.settings.reviewMs = [3_600_000, 3_600_000];
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

const PICTURE = { name: 'shoe.jpg', mimeType: 'image/jpeg', buffer: sampleOf('jpeg').bytes };
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

/** Opens the conversation with a customer who has written, and chooses a template there. */
async function pick(page: Page, name: string): Promise<Locator> {
  await page.goto(app.url);
  await openThread(page, ADA.name);
  await page.locator('textarea').press('/');
  const picker = page.getByRole('form', { name: 'Send a template' });
  await picker.getByRole('option', { name: new RegExp(name) }).click();
  return picker;
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

  it('of cards are written card by card, each with its file, and sent with them', async () => {
    const { page, close } = await openTemplates();
    await page.getByRole('button', { name: 'New template' }).click();
    await page.getByLabel('Name', { exact: true }).fill('two_shoes');
    await page.getByLabel('Shape').selectOption({ label: 'Cards' });
    await page.getByLabel('Text', { exact: true }).fill('These came in today.');
    for (const [at, text] of ['Red and warm.', 'Blue and light.'].entries()) {
      const card = page.getByRole('group', { name: `Card ${at + 1}` });
      await card.getByLabel('An example of the file').setInputFiles([PICTURE]);
      await card.getByText('is uploaded').waitFor();
      await card.getByLabel('Text of the card').fill(text);
      await card.getByLabel('Text of button 1').fill('Ask');
    }
    await page.getByLabel('As the customer sees it').getByText('Blue and light.').waitFor();
    await page.getByRole('button', { name: 'Hand to Meta' }).click();
    await page.getByText('Handed to Meta.').waitFor();
    const card = { components: { 0: { format: 'IMAGE' }, 2: { buttons: [{ type: 'QUICK_REPLY', text: 'Ask' }] } } };
    expect(atMeta('two_shoes')?.components).toMatchObject([{ type: 'BODY' }, { type: 'CAROUSEL', cards: [card, card] }]);
    judge('two_shoes', 'APPROVED');
    await status(page, 'Approved').waitFor();
    const picker = await pick(page, 'two_shoes');
    await picker.getByRole('button', { name: 'Send template' }).click();
    const cards = page.getByRole('log').getByRole('list', { name: '2 cards' }).getByRole('listitem');
    await cards.nth(1).getByText('Blue and light.').waitFor();
    await until(() =>
      cards
        .nth(1)
        .locator('img')
        .evaluate((one: HTMLImageElement) => one.naturalWidth > 0),
    );
    expect(await axeFaults(page)).toEqual([]);
    await close();
  }, 60_000);

  it('of an offer are sent with its code and the moment it ends', async () => {
    const { page, close } = await openTemplates();
    const picker = await pick(page, 'weekend_offer');
    await picker.getByLabel(/Copy code/).fill('ADA15');
    await picker.getByText('Say when the offer ends').waitFor();
    await picker.getByLabel('The offer ends').fill(`${new Date().getFullYear() + 1}-12-31T20:00`);
    await picker.getByRole('button', { name: 'Send template' }).click();
    const log = page.getByRole('log');
    await log.getByText('15% off shoes').waitFor();
    await log.getByText(/^Ends in \d+ days/).waitFor();
    await log.getByText(/Code .*ADA15/).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await close();
  }, 40_000);

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
