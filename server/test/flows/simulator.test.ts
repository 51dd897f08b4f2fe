import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../simulator/samples.ts';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { axeFaults } from '../harness/axe.ts';
import { type PageOptions, type RecordedPage, startBrowser, type TestBrowser } from '../harness/browser.ts';
import { customerWrites, keepPreferences, openInbox, openThread } from '../harness/inbox-page.ts';
import { webRoot } from '../harness/web.ts';

const ADA = { phone: '+4915550001', name: 'Ada Lovelace' };
const BOB = { phone: '+4915550002', name: 'Bob Noyce' };
const PICTURE = { name: 'sofa.jpg', mimeType: 'image/jpeg', buffer: sampleOf('jpeg').bytes };

let app: TestApp;
let browser: TestBrowser;
let alpha: TestTenant;

beforeAll(async () => {
  [app, browser] = await Promise.all([startTestApp({ webRoot: webRoot() }), startBrowser()]);
  [alpha] = app.tenants;
  customerWrites(app, alpha, BOB, 'Good morning');
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

interface Phone extends RecordedPage {
  log: Locator;
}

/** The page of the customers; it needs no sign-in. */
async function openPhone(options: PageOptions = {}): Promise<Phone> {
  const opened = await browser.open({ locale: 'en', ...options });
  opened.page.setDefaultTimeout(15_000);
  await opened.page.goto(`${app.url}/simulator`);
  return { ...opened, log: opened.page.getByRole('log') };
}

async function be(page: Page, { name }: typeof ADA): Promise<void> {
  await page.getByRole('button', { name: new RegExp(name) }).click();
}

async function writeAs(page: Page, { name }: typeof ADA, text: string): Promise<void> {
  await page.getByRole('textbox', { name: new RegExp(`Write as .*${name}`) }).fill(text);
  await page.keyboard.press('Enter');
}

/** Opens the menu of a message on the phone and takes an item. */
async function onMessage(log: Locator, text: string, role: 'menuitem' | 'menuitemcheckbox', item: string): Promise<void> {
  await log.locator('.msg', { hasText: text }).getByRole('button', { name: 'More' }).click();
  await log.page().getByRole(role, { name: item }).click();
}

async function reply(inbox: Page, text: string): Promise<void> {
  await inbox.locator('textarea').fill(text);
  await inbox.keyboard.press('Enter');
}

async function openAgent(customer: typeof ADA): Promise<Phone> {
  const opened = await openInbox(browser, app, alpha, 'agent');
  opened.page.setDefaultTimeout(15_000);
  await openThread(opened.page, customer.name);
  return { ...opened, log: opened.page.getByRole('log') };
}

describe('a stranger with the phone of the page', () => {
  it('writes, and sees the answer; both sides see what became of their messages', async () => {
    const phone = await openPhone();
    await phone.page.getByRole('button', { name: 'New stranger' }).click();
    await phone.page.getByLabel('Name', { exact: true }).fill(ADA.name);
    await phone.page.getByLabel('Phone', { exact: true }).fill('0155 50001');
    await phone.page.getByRole('button', { name: 'Start writing' }).click();
    await phone.page.getByText('A phone begins with + and the country').waitFor();
    await phone.page.getByLabel('Phone', { exact: true }).fill('+49 155 50001');
    await phone.page.getByLabel('Writes to').selectOption(alpha.phoneNumberId);
    await phone.page.getByRole('button', { name: 'Start writing' }).click();
    await writeAs(phone.page, ADA, 'Is the blue sofa in stock?');
    await phone.log.getByText('Is the blue sofa in stock?').waitFor();
    await phone.log.getByRole('img', { name: 'Delivered' }).waitFor();

    const inbox = await openAgent(ADA);
    await inbox.log.getByText('Is the blue sofa in stock?').waitFor();
    await phone.log.getByRole('img', { name: 'Read' }).waitFor();
    await reply(inbox.page, 'It is, shall I put one aside?');
    await phone.log.locator('.msg.in', { hasText: 'It is, shall I put one aside?' }).waitFor();
    await inbox.log.getByRole('img', { name: 'Read' }).waitFor();
    expect([phone.faults, inbox.faults]).toEqual([[], []]);
    expect([...phone.origins]).toEqual([app.url]);
    await phone.close();
    await inbox.close();
  }, 40_000);

  it('sends files and places', async () => {
    const [phone, inbox] = [await openPhone(), await openAgent(BOB)];
    await be(phone.page, BOB);
    const send = async (item: string) => {
      await phone.page.getByRole('button', { name: 'Send something else' }).click();
      await phone.page.getByRole('menuitem', { name: item }).click();
    };
    await phone.page.locator('input[type=file]').setInputFiles([PICTURE]);
    await phone.log.locator('img.pic').waitFor();
    await inbox.log.getByRole('button', { name: 'Open the photo' }).waitFor();
    await send('Voice message');
    await inbox.log.getByRole('button', { name: 'Play the voice message' }).waitFor();
    await send('Location');
    await phone.log.getByText('Kingdom Centre').waitFor();
    await inbox.log.getByText('Kingdom Centre').waitFor();
    expect([phone.faults, inbox.faults]).toEqual([[], []]);
    await phone.close();
    await inbox.close();
  }, 40_000);

  it('answers a message, reacts to it, taps a button, edits and takes back', async () => {
    const [phone, inbox] = [await openPhone(), await openAgent(BOB)];
    await be(phone.page, BOB);
    await reply(inbox.page, 'The van comes on Saturday');
    await phone.log.getByText('The van comes on Saturday').waitFor();

    await onMessage(phone.log, 'The van comes on Saturday', 'menuitem', 'Reply');
    await phone.page.getByText('Answering:').waitFor();
    await writeAs(phone.page, BOB, 'After ten, please');
    const answer = inbox.log.locator('.msg.in', { hasText: 'After ten, please' });
    await answer.getByText('The van comes on Saturday').waitFor();

    await onMessage(phone.log, 'After ten, please', 'menuitem', 'Edit');
    await writeAs(phone.page, BOB, 'After eleven, please');
    await inbox.log.getByText('After eleven, please').waitFor();
    await inbox.log.getByText('edited').waitFor();

    await phone.log.locator('.msg.in', { hasText: 'The van comes on Saturday' }).getByRole('button', { name: 'More' }).click();
    await phone.page.getByRole('menuitemcheckbox', { name: '👍' }).click();
    await inbox.log.getByRole('img', { name: /Bob Noyce.*👍/ }).waitFor();

    await inbox.page.getByRole('button', { name: 'Attach' }).click();
    await inbox.page.getByRole('menuitem', { name: 'Buttons or a list' }).click();
    await inbox.page.getByLabel('Text', { exact: true }).fill('Shall we ring the bell?');
    await inbox.page.getByRole('textbox', { name: 'Button 1' }).fill('Rather call me');
    await inbox.page.getByRole('button', { name: 'Send it' }).click();
    await phone.log.getByRole('button', { name: 'Rather call me' }).click();
    await inbox.log.locator('.msg.in', { hasText: 'Rather call me' }).waitFor();

    await writeAs(phone.page, BOB, 'My card is 1234');
    await inbox.log.getByText('My card is 1234').waitFor();
    await onMessage(phone.log, 'My card is 1234', 'menuitem', 'Delete for everyone');
    await phone.log.getByText('You deleted this message').waitFor();
    await inbox.log.getByText('deleted this message').waitFor();
    expect(await inbox.log.getByText('My card is 1234').count()).toBe(0);
    expect([phone.faults, inbox.faults]).toEqual([[], []]);
    await phone.close();
    await inbox.close();
  }, 60_000);
});

describe('faults set on the page', () => {
  for (const [width, way] of [
    [1280, 'beside the phone'],
    [900, 'in a sheet'],
    [390, 'in a sheet'],
  ] as const) {
    it(`are at hand ${way} at ${width} px, and the inbox says why a message failed`, async () => {
      const [phone, inbox] = [await openPhone({ size: { width, height: 800 } }), await openAgent(BOB)];
      const text = `Seen at ${width}`;
      await be(phone.page, BOB);
      const sheet = phone.page.getByRole('button', { name: 'Person and faults' });
      if (way === 'in a sheet') await sheet.click();
      await phone.page.getByLabel('What happens').selectOption({ label: 'Accepted, then failed with a code' });
      await phone.page.getByLabel('Meta’s code').selectOption({ label: '131026 · number not on WhatsApp' });
      await phone.page.getByRole('button', { name: 'Arm' }).click();
      await phone.page.getByRole('listitem').getByText('(131026)').waitFor();
      if (way === 'in a sheet') {
        await phone.page.keyboard.press('Escape');
        await phone.page.getByRole('dialog').waitFor({ state: 'detached' });
        expect(await sheet.evaluate((button) => button === document.activeElement)).toBe(true);
      }
      await reply(inbox.page, text);
      const failed = inbox.log.locator('.att', { hasText: text });
      await failed.getByText('This number is not on WhatsApp, or cannot receive messages now.').waitFor();
      await failed.getByText('(131026)').waitFor();
      await phone.log.getByText('never arrived (131026)').last().waitFor();
      expect(phone.faults).toEqual([]);
      await phone.close();
      await inbox.close();
    }, 40_000);
  }
});

describe('the page of the customers', () => {
  for (const locale of ['en', 'ar'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has no fault of accessibility, wide or narrow (${locale}, ${colorScheme})`, async () => {
        const { page, faults, close } = await openPhone({ colorScheme });
        await keepPreferences(page, locale, colorScheme);
        await page.getByRole('button', { name: new RegExp(BOB.name) }).click();
        await page.locator('[role=log] .msg').first().waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await page.setViewportSize({ width: 390, height: 800 });
        await page.locator('header [aria-haspopup=dialog]').click();
        await page.locator('dialog select').first().waitFor();
        expect(await axeFaults(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
        expect(faults).toEqual([]);
        await close();
      }, 30_000);
    }
  }
});
