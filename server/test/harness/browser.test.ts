import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser, type TestBrowser } from './browser.ts';

let browser: TestBrowser;
let servers: Server[];
beforeAll(async () => {
  servers = await Promise.all([listen(), listen()]);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  for (const server of servers) server.close();
});

/** Answers every request with a page that asks the address in its query for a picture. */
async function listen(): Promise<Server> {
  const server = createServer((request, response) => {
    const picture = new URL(request.url!, 'http://localhost').searchParams.get('picture');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<title>مرحبا</title>${picture ? `<img src="${picture}">` : ''}<script>console.error('fault')</script>`);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return server;
}

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test('a page records whom it asked and what went wrong', async () => {
  const [own, foreign] = servers.map(originOf) as [string, string];
  const recorded = await browser.open({ locale: 'ar', size: { width: 390, height: 844 } });
  await recorded.page.goto(`${own}/?picture=${encodeURIComponent(`${foreign}/a.png`)}`);
  expect(await recorded.page.title()).toBe('مرحبا');
  expect(await recorded.page.evaluate('navigator.language')).toBe('ar');
  expect([...recorded.origins].sort()).toEqual([own, foreign].sort());
  expect(recorded.faults).toEqual(['fault']);
  await recorded.close();
});
