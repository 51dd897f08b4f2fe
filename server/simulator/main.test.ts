import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { ada, number, startBusiness } from './test-business.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let child: ChildProcess | undefined;

afterEach(() => void child?.kill('SIGKILL'));

function start(environment: Record<string, string>) {
  const process_ = spawn(process.execPath, [main], { env: { PATH: process.env.PATH, ...environment }, stdio: 'pipe' });
  child = process_;
  return process_;
}

const settings = { SIM_APP_SECRET: 'app-secret', SIM_NUMBERS: JSON.stringify([number]), SIM_CUSTOMERS: JSON.stringify([ada]) };

describe('the simulator as a child process', () => {
  it('says where it listens, serves, and ends when its parent goes', async () => {
    const business = await startBusiness();
    const process_ = start({
      ...settings,
      SIM_CUSTOMERS_WRITE: 'off',
      SIM_WEBHOOK_URL: business.url,
      SIM_VERIFY_TOKEN: 'verify-me',
      SIM_TEMPLATES: JSON.stringify([{ wabaId: '9001', name: 'hello', language: 'ar', category: 'UTILITY', components: [] }]),
      SIM_APP_ID: '4007',
    });
    const [line] = (await once(createInterface(process_.stdout), 'line')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const state = (await (await fetch(`${url}/control/state`)).json()) as { settings: object };
    expect(state.settings).toMatchObject({ customersWrite: false, failPercent: 3, isCalmAtFirst: true, trustUnseen: true });
    const get = async (path: string) =>
      (await fetch(`${url}/v26.0/${path}`, { headers: { authorization: `Bearer ${number.token}` } })).json();
    expect(await get('9001/message_templates?fields=name,status')).toMatchObject({
      data: [{ name: 'hello', status: 'APPROVED' }],
    });
    expect(await get('app')).toMatchObject({ id: '4007' });
    const message = JSON.stringify({ phone: ada.phone, phoneNumberId: '7001', text: 'Hi' });
    await fetch(`${url}/control/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: message });
    await expect.poll(() => business.messages().length, { timeout: 3_000 }).toBe(1);
    expect(business).toMatchObject({ handshakes: 1, webhooks: [{ isSigned: true }] });
    process_.stdin.end();
    expect(await once(process_, 'exit')).toEqual([0, null]);
    business.close();
  }, 15_000);

  it('names every fault of its settings and does not start', async () => {
    const process_ = start({
      SIM_PORT: '70000',
      SIM_NUMBERS: '[{}]',
      SIM_CUSTOMERS: settings.SIM_CUSTOMERS,
      SIM_TEMPLATES: '[{"name":"x"}]',
      SIM_WEBHOOK_URL: 'nowhere',
    });
    let said = '';
    process_.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(process_, 'close')).toEqual([1, null]);
    for (const name of ['SIM_PORT', 'SIM_NUMBERS', 'SIM_CUSTOMERS', 'SIM_TEMPLATES', 'SIM_APP_SECRET', 'SIM_WEBHOOK_URL'])
      expect(said).toContain(name);
  }, 15_000);
});
