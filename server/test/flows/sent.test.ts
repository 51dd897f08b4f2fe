import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../simulator/samples.ts';
import { tenantQuery } from '../../src/platform/tenant-query.ts';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { axeFaults } from '../harness/axe.ts';
import { type PageOptions, startBrowser, type TestBrowser } from '../harness/browser.ts';
import { ask, until } from '../harness/client.ts';
import { customerWrites, keepPreferences, openInbox, openThread } from '../harness/inbox-page.ts';
import { ORDER_READY, SPRING_SALE } from '../harness/templates.ts';
import { webRoot } from '../harness/web.ts';

const ADA = { phone: '+4915550001', name: 'Ada Lovelace' };
const SHUT = { phone: '+4915550002', name: 'Shut Sam' };
const PICTURE = { name: 'sofa.jpg', mimeType: 'image/jpeg', buffer: sampleOf('jpeg').bytes };

let app: TestApp;
let browser: TestBrowser;
let alpha: TestTenant;

beforeAll(async () => {
  const refused = { ...SPRING_SALE, id: '5599', name: 'winter_sale', status: 'REJECTED' as const };
  [app, browser] = await Promise.all([
    startTestApp({ webRoot: webRoot(), simulator: { webhooksAtOnce: 4 }, templates: [ORDER_READY, SPRING_SALE, refused] }),
    startBrowser(),
  ]);
  [alpha] = app.tenants;
  const sync = 'mutation($input: SyncTemplatesInput!) { syncTemplates(input: $input) { userErrors { code } } }';
  await ask(app.url, { apiKey: alpha.apiKeys.owner as string }, sync, { input: { whatsappNumberId: alpha.numberId } });
  customerWrites(app, alpha, ADA, 'Good morning');
  customerWrites(app, alpha, SHUT, 'Good morning');
  await until(async () => (await count(`select count(*) as n from service_window`)) === 2);
  await tenantQuery(app.services.database.app, alpha.id, (query) =>
    query(`update service_window set last_inbound_at = cube_now() - interval '25 hours'
      where contact_id in (select id from contact order by id desc limit 1)`),
  );
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

async function count(sql: string): Promise<number> {
  const rows = await tenantQuery(app.services.database.app, alpha.id, (query) => query<{ n: string }>(sql));
  return Number(rows[0]?.n);
}

interface Opened {
  page: Page;
  log: Locator;
  faults: string[];
  close: () => Promise<void>;
}

async function openWith(customer: typeof ADA, options: PageOptions = {}): Promise<Opened> {
  const opened = await openInbox(browser, app, alpha, 'agent', options);
  opened.page.setDefaultTimeout(8_000);
  await openThread(opened.page, customer.name);
  return { ...opened, log: opened.page.getByRole('log') };
}

const accepted = (type: string) => app.simulator.control.accepted.filter((sent) => sent.type === type);

describe('the composer', () => {
  it('sends a picture with its caption, and shows it at once', async () => {
    const { page, log, faults, close } = await openWith(ADA);
    await page.locator('.comp input[type=file]').setInputFiles([PICTURE]);
    await page.getByRole('list', { name: 'Files to send' }).getByText('sofa.jpg').waitFor();
    await page.locator('textarea').fill('This is the *blue* one');
    await page.keyboard.press('Enter');
    await log.getByText('This is the').waitFor();
    await log.getByRole('img', { name: 'Read' }).last().waitFor();
    expect(await log.getByText('This is the').count()).toBe(1);
    expect(accepted('image').map(({ text }) => text)).toEqual(['This is the *blue* one']);
    expect(faults).toEqual([]);
    await close();
  });

  it('takes files that are dropped, and says which WhatsApp would not take', async () => {
    const { page, close } = await openWith(ADA);
    await page.evaluate(
      (bytes) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], 'dropped.jpg', { type: 'image/jpeg' }));
        data.items.add(new File(['GIF89a'], 'moving.gif', { type: 'image/gif' }));
        const pane = document.querySelector('main.thread');
        for (const type of ['dragenter', 'dragover', 'drop'])
          pane?.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      [...PICTURE.buffer],
    );
    await page.getByRole('list', { name: 'Files to send' }).getByText('dropped.jpg').waitFor();
    await page.getByRole('alert').getByText('WhatsApp takes no file of this type').waitFor();
    await page.getByRole('button', { name: /Remove.*dropped/ }).click();
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isEnabled()).toBe(false);
    await close();
  });

  it('records a voice message as WhatsApp takes it', async () => {
    const { page, log, close } = await openWith(ADA);
    await page.evaluate(() => {
      // No machine that tests has a microphone: a tone stands in its place.
      navigator.mediaDevices.getUserMedia = async () => {
        const context = new AudioContext();
        const tone = context.createOscillator();
        const end = context.createMediaStreamDestination();
        tone.connect(end);
        tone.start();
        return end.stream;
      };
    });
    await page.getByRole('button', { name: 'Record a voice message' }).click();
    await page.getByText('0:01').waitFor();
    await page.getByRole('button', { name: 'Stop and listen' }).click();
    await page.getByRole('button', { name: 'Send the voice message' }).click();
    await until(() => accepted('audio').length === 1, 15_000);
    expect(accepted('audio')[0]?.body).toMatchObject({ audio: { voice: true } });
    await log.getByRole('button', { name: 'Play the voice message' }).waitFor();
    await close();
  });

  it('reacts to a message, and takes the reaction back', async () => {
    const { page, log, close } = await openWith(ADA);
    const row = log.locator('.msg.in').first();
    await row.hover();
    await row.getByRole('button', { name: 'React to this message' }).click();
    await page.getByRole('button', { name: 'React with 👍' }).click();
    await log.getByRole('img', { name: /Your team.*👍/ }).waitFor();
    await until(() => accepted('reaction').some(({ text }) => text === '👍'));
    await row.hover();
    await row.getByRole('button', { name: 'React to this message' }).click();
    await page.getByRole('button', { name: 'Take back 👍' }).click();
    await log.getByRole('img', { name: /Your team.*👍/ }).waitFor({ state: 'detached' });
    await until(() => accepted('reaction').some(({ text }) => text === ''));
    await close();
  });

  it('sends buttons and a place', async () => {
    const { page, log, close } = await openWith(ADA);
    const choose = async (item: string) => {
      await page.getByRole('button', { name: 'Attach' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await choose('Buttons or a list');
    await page.getByLabel('Text', { exact: true }).fill('When shall we come?');
    await page.getByRole('textbox', { name: 'Button 1' }).fill('Saturday');
    await page.getByRole('button', { name: 'Send it' }).click();
    await until(() => accepted('interactive').length === 1);
    await choose('Location');
    await page.getByLabel('Coordinates, or a link to a map').fill('https://maps.google.com/?q=24.7113,46.6744');
    await page.getByLabel('Name of the place').fill('Our store');
    await page.getByRole('button', { name: 'Send the location' }).click();
    await until(() => accepted('location').length === 1);
    await log.getByText('Our store').waitFor();
    await until(async () => (await log.locator('.msg.queued').count()) === 0);
    await close();
  });

  it('sends a contact card as its preview showed it', async () => {
    const { page, log, close } = await openWith(ADA);
    await page.getByRole('button', { name: 'Attach' }).click();
    await page.getByRole('menuitem', { name: 'Contact card' }).click();
    const sheet = page.getByRole('dialog', { name: 'Send a contact card' });
    await sheet.getByLabel('Name', { exact: true }).fill('Grace Hopper');
    await sheet.getByLabel('Phone').fill('0503142208');
    await sheet.getByText('This is no phone number with a country code.').waitFor();
    expect(await sheet.getByRole('button', { name: 'Send the card' }).isEnabled()).toBe(false);
    await sheet.getByLabel('Phone').fill('00966 50 314 2208');
    await sheet.getByLabel('Organisation').fill('Nakheel');
    await sheet.locator('.bub').getByText('+966 50 314 2208').waitFor();
    await sheet.getByRole('button', { name: 'Send the card' }).click();
    await until(() => accepted('contacts').length === 1);
    expect(accepted('contacts')[0]?.body).toMatchObject({
      contacts: [
        {
          name: { formatted_name: 'Grace Hopper' },
          phones: [{ phone: '+966503142208', type: 'CELL' }],
          org: { company: 'Nakheel' },
        },
      ],
    });
    await until(async () => (await log.locator('.msg.queued').count()) === 0);
    expect(await log.getByText('Grace Hopper').count()).toBe(1);
    await close();
  });

  it('sends later, shows when, and can still stop it', async () => {
    const { page, log, close } = await openWith(ADA);
    await page.locator('textarea').fill('The van is on its way');
    await page.getByRole('button', { name: 'More ways to send' }).click();
    await page.getByRole('menuitem', { name: 'Send later' }).click();
    const soon = new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 16);
    await page.getByLabel('Time zone').selectOption('Africa/Abidjan');
    await page.getByLabel('Day and time').fill(soon);
    await page.getByRole('button', { name: 'Schedule' }).click();
    await log.getByText('Goes out').waitFor();
    await log.getByRole('button', { name: 'Cancel' }).click();
    await log.getByRole('img', { name: 'Cancelled' }).waitFor();
    expect(app.simulator.control.accepted.some(({ text }) => text === 'The van is on its way')).toBe(false);
    await close();
  });
});

describe('the templates', () => {
  it('take the place of the composer while the window is shut, and name what is missing', async () => {
    const { page, log, close } = await openWith(SHUT);
    await page.getByText('The 24-hour window closed').waitFor();
    const picker = page.getByRole('form', { name: 'Send a template' });
    await picker
      .getByRole('option', { name: /winter_sale/ })
      .getByText('refused by WhatsApp')
      .waitFor();
    await picker.getByRole('option', { name: /order_ready/ }).click();
    expect(await picker.getByLabel('Variable 1').inputValue()).toBe('Shut');
    await picker.getByText('Fill 2 more variables').waitFor();
    await picker.getByLabel('Variable 2').fill('20418');
    await picker.getByLabel(/Track/).fill('20418');
    await picker.getByRole('button', { name: 'Send template' }).click();
    await until(() => accepted('template').length === 1);
    await log.getByText('Hi Shut, your order 20418 is ready.').waitFor();
    await log.getByRole('img', { name: 'Read' }).waitFor();
    await close();
  });

  it('open with a slash while the window is open, and close by Escape', async () => {
    const { page, close } = await openWith(ADA);
    await page.locator('textarea').press('/');
    await page.getByRole('listbox', { name: 'Templates' }).waitFor();
    await page.getByRole('searchbox', { name: 'Find a template' }).fill('spring');
    await page.getByRole('option', { name: /spring_sale/ }).waitFor();
    await until(async () => (await page.getByRole('option').count()) === 1);
    await page.keyboard.press('Escape');
    await page.locator('textarea').waitFor();
    await close();
  });
});

describe('accessibility of what is sent', () => {
  for (const locale of ['en', 'ar'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`is without fault: bubbles, sheets and the templates (${locale}, ${colorScheme})`, async () => {
        const { page, close } = await openWith(ADA, { locale, colorScheme });
        await keepPreferences(page, locale, colorScheme);
        await page.locator('[role=log] .msg').first().waitFor();
        await page.locator('.comp input[type=file]').setInputFiles([PICTURE]);
        await page.locator('.tray .file').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await page.locator('.comp .bot .ib').first().click();
        await page.getByRole('menuitem').nth(4).click();
        await page.locator('dialog .stage').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.locator('.comp .bot .ib').first().click();
        await page.getByRole('menuitem').nth(5).click();
        await page.locator('dialog textarea').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.goto(app.url);
        await page.locator('[data-view=open]').click();
        await page.locator('a.conv', { hasText: SHUT.name }).click();
        await page.locator('.pick [role=option]').first().waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await close();
      }, 90_000);
    }
  }
});
