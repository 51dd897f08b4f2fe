import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processIdentity } from './running-process.ts';
import { startSimulatorProcess, type SimulatorProcess } from './simulator-process.ts';

let folder: string;
let running: SimulatorProcess | undefined;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'cube-simulator-'))));
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Listens, says where, and answers every request with its environment. */
const PROGRAM = `
  import { createServer } from 'node:http';
  const server = createServer((_request, response) => response.end(JSON.stringify(process.env)));
  server.listen(Number(process.env.SIM_PORT), '127.0.0.1', () => console.log(JSON.stringify({ url: 'http://127.0.0.1:' + server.address().port })));
  process.stdin.on('end', () => process.exit(0)).resume();
`;

async function start(source: string, report: (line: string) => void = () => undefined): Promise<SimulatorProcess> {
  const program = path.join(folder, 'simulator.mjs');
  writeFileSync(program, source);
  running = await startSimulatorProcess({
    webhookUrl: 'http://localhost:4000/webhooks/whatsapp',
    appSecret: 'app secret',
    verifyToken: 'verify token',
    numbers: [{ phoneNumberId: '1', displayPhone: '+966 11', name: 'Nakheel', wabaId: '2', token: 'token' }],
    customers: [{ phone: '+9665', name: 'Hala', phoneNumberId: '1', locale: 'ar' }],
    customersWrite: true,
    report,
    program,
  });
  return running;
}

test('gets its settings by environment, and none of our own', async () => {
  process.env.MASTER_KEYS = 'hunter';
  try {
    const { url } = await start(PROGRAM);
    const environment = (await (await fetch(url)).json()) as Record<string, string>;
    expect(environment).toMatchObject({
      SIM_WEBHOOK_URL: 'http://localhost:4000/webhooks/whatsapp',
      SIM_APP_SECRET: 'app secret',
      SIM_VERIFY_TOKEN: 'verify token',
      SIM_CUSTOMERS_WRITE: 'on',
    });
    expect(JSON.parse(environment.SIM_CUSTOMERS!)).toEqual([{ phone: '+9665', name: 'Hala', phoneNumberId: '1', locale: 'ar' }]);
    expect(environment.MASTER_KEYS).toBeUndefined();
  } finally {
    delete process.env.MASTER_KEYS;
  }
});

test('is started again at the same address when it dies', async () => {
  const lines: string[] = [];
  const simulator = await start(PROGRAM, (line) => void lines.push(line));
  const first = simulator.pid;
  process.kill(first, 'SIGKILL');
  await expect.poll(() => simulator.pid, { timeout: 5000 }).not.toBe(first);
  expect((await fetch(simulator.url)).status).toBe(200);
  expect(lines).toEqual(['The WhatsApp simulator died; it starts again in 500 ms.']);
});

test('ends when it is stopped', async () => {
  const simulator = await start(PROGRAM);
  await simulator.stop();
  expect(processIdentity(simulator.pid)).toBeUndefined();
});

test('one that never gets ready stops the start', async () => {
  await expect(start('process.exit(3);')).rejects.toThrow('The WhatsApp simulator ended with 3.');
  await expect(start(`console.log('hello'); setInterval(() => {}, 1000);`)).rejects.toThrow(
    'said "hello" instead of its address',
  );
});
