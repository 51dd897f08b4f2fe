import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { startBrowser, type TestBrowser } from '../harness/browser.ts';
import { ask, until } from '../harness/client.ts';
import { customersWrite } from '../harness/customers.ts';
import { cardOf, expectHidden, openNumbersPage } from '../harness/numbers-page.ts';
import { webRoot } from '../harness/web.ts';

const ADA = { phone: '+4915550001', name: 'Ada Lovelace' };
const BRANCH = { phoneNumberId: '55502', wabaId: '9100', token: 'token-of-the-branch' };

let app: TestApp;
let browser: TestBrowser;
let alpha: TestTenant;

beforeAll(async () => {
  const numbers = [{ ...BRANCH, displayPhone: '+49 30 5550778', name: 'Branch', businessId: '777' }];
  [app, browser] = await Promise.all([startTestApp({ webRoot: webRoot(), numbers }), startBrowser()]);
  [alpha] = app.tenants;
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

const asOwner = async (query: string, variables?: object) =>
  (await ask(app.url, { apiKey: alpha.apiKeys['owner'] ?? '' }, query, variables)).data;

describe('a number that is not registered', () => {
  it('is connected with its PIN, which is asked for when it is needed, and registered anew later', async () => {
    const { control } = app.simulator;
    control.setNumber(BRANCH.phoneNumberId, { status: 'PENDING', pin: '482910' });
    const opened = await openNumbersPage(browser, app, alpha);
    const { page } = opened;
    await page.getByRole('button', { name: 'Connect a number' }).click();
    const dialog = page.getByRole('dialog');
    const pin = dialog.getByLabel('PIN of the two-step verification');
    const connect = () => dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByLabel('Access token').fill(BRANCH.token);
    await dialog.getByLabel('Phone number ID').fill(BRANCH.phoneNumberId);
    await dialog.getByLabel('WhatsApp Business Account ID').fill(BRANCH.wabaId);
    expect(await pin.count()).toBe(0);
    await connect();
    await dialog.getByRole('alert').getByText('Give the PIN of its two-step verification').waitFor();
    await pin.fill('4829');
    await connect();
    await dialog.getByText('Six digits.').waitFor();
    await pin.fill('111111');
    await connect();
    await dialog.getByRole('alert').getByText('This is not the PIN').waitFor();
    await pin.fill('٤٨٢٩١٠');
    await connect();
    await page.getByRole('dialog', { name: /Branch.* is connected/ }).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();

    await customersWrite(app, { ...alpha, phoneNumberId: BRANCH.phoneNumberId }, [{ ...ADA, texts: ['Hello branch'] }]);
    control.setNumber(BRANCH.phoneNumberId, { status: 'DISCONNECTED' });
    const data = await asOwner('{ whatsappNumbers { id phoneNumberId } }');
    const number = data?.whatsappNumbers.find((one: { phoneNumberId: string }) => one.phoneNumberId === BRANCH.phoneNumberId);
    const send = 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { userErrors { code } } }';
    const input = { to: ADA.phone, whatsappNumberId: number?.id, text: 'After a while', idempotencyKey: randomUUID() };
    expect((await asOwner(send, { input }))?.sendMessage.userErrors).toEqual([]);
    const card = cardOf(page, 'Branch');
    await card.getByText('Register it with its PIN').waitFor();
    await card.getByRole('button', { name: 'Register…' }).click();
    await dialog.getByLabel('PIN of the two-step verification').fill('482910');
    await dialog.getByRole('button', { name: 'Register', exact: true }).click();
    await card.getByText('Connected', { exact: true }).waitFor();
    await until(() => control.accepted.some(({ text }) => text === 'After a while'), 10_000);
    await expectHidden(opened, '482910');
    await opened.close();
  }, 60_000);
});
