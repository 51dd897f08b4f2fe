import type { Browser, Cookie, Page } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface PageOptions {
  locale?: string;
  colorScheme?: 'light' | 'dark';
  /** In CSS pixels. */
  size?: { width: number; height: number };
  /** What the page has from the start, as after an earlier visit. */
  cookies?: Cookie[];
}

export interface RecordedPage {
  page: Page;
  /** Every origin the page has asked anything of, sockets included. */
  origins: Set<string>;
  /** What the page threw or wrote to the console as an error. */
  faults: string[];
  close(): Promise<void>;
}

export interface TestBrowser {
  /** Opens a page with cookies and storage of its own. */
  open(options?: PageOptions): Promise<RecordedPage>;
  close(): Promise<void>;
}

/** Starts the Chromium that npm brought: one for a test file. It needs no system package. */
export async function startBrowser(): Promise<TestBrowser> {
  // Read when the package is imported: it then unpacks the libraries that bare systems lack.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  const [{ default: chromium }, { chromium: launcher }] = await Promise.all([
    import('@sparticuz/chromium'),
    import('playwright-core'),
  ]);
  const browser = await launcher.launch({ executablePath: await chromium.executablePath(), args: FLAGS });
  return { open: (options) => open(browser, options), close: () => browser.close() };
}

async function open(browser: Browser, { locale, colorScheme, size, cookies = [] }: PageOptions = {}): Promise<RecordedPage> {
  const context = await browser.newContext({ locale, colorScheme, viewport: size ?? { width: 1280, height: 800 } });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const origins = new Set<string>();
  const faults: string[] = [];
  context.on('request', (request) => keepOrigin(origins, request.url()));
  page.on('websocket', (socket) => keepOrigin(origins, socket.url()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  return { page, origins, faults, close: () => context.close() };
}

/** A socket counts as its page's origin does: `ws://host` is `http://host`. What stays inside the page (`data:`, `blob:`) does not count. */
function keepOrigin(origins: Set<string>, address: string): void {
  const url = new URL(address.replace(/^ws/, 'http'));
  if (url.protocol.startsWith('http')) origins.add(url.origin);
}
