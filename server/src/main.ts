import 'reflect-metadata';
import path from 'node:path';
import { type App, openServices, startApp } from './app.ts';
import { type Demo, openDemo } from './demo/open-demo.ts';
import { banner } from './launch/banner.ts';
import { demoMasterKey } from './launch/demo-master-key.ts';
import { type EmbeddedPostgres, startPostgres } from './launch/embedded-postgres.ts';
import { listenPort } from './launch/listen-port.ts';
import { startSimulatorProcess } from './launch/simulator-process.ts';
import { buildWeb } from './launch/web-build.ts';
import { createLog } from './platform/log.ts';
import { migrate } from './platform/migrate.ts';
import { BadSettings, readSettings, type Settings } from './platform/settings.ts';
import { usePrices } from './whatsapp/price-book.ts';
import { readDemoFile, writeDemoFile } from './launch/demo-file.ts';

const VERSION = '0.1.0';
/** A drain that takes longer is given up. */
const LONGEST_DRAIN = 16_000;

/** What must be ended again, the last started first. */
const ends: (() => Promise<void>)[] = [];

async function start(settings: Settings): Promise<void> {
  const say = (line: string) => process.stdout.write(`  ${line}\n`);
  const log = createLog({ ...(settings.logLevel && { level: settings.logLevel }), demo: settings.demo });
  const serves = settings.role !== 'worker';
  const port = await portOf(settings);
  const [embedded, webRoot] = await Promise.all([startEmbedded(settings, say), serves ? buildWeb(say) : undefined]);
  const database = settings.database ?? (embedded as EmbeddedPostgres);
  await migrate(database);
  const masterKeys = settings.masterKeys.length ? settings.masterKeys : [demoMasterKey(embedded?.folder ?? settings.home)];
  const services = await openServices({
    database,
    masterKeys,
    log,
    mediaStore: settings.mediaStore ?? { folder: path.join(embedded?.folder ?? settings.home, 'media') },
    ...(settings.redisUrl && { redisUrl: settings.redisUrl }),
  });
  ends.push(() => services.close());
  const url = settings.publicUrl ?? `http://localhost:${serves ? port : settings.port}`;
  const demo =
    settings.demo && serves ? await openDemo(services, readDemoFile(settings.home), url, settings.whatsapp) : undefined;
  if (demo) writeDemoFile(settings.home, demo.file);
  const simulator = demo && !settings.whatsapp.graphUrl ? await startSimulator(demo, port, say) : undefined;
  const app = await startApp(services, {
    role: settings.role,
    port,
    // The demo's secrets are printed and shown: it answers this machine only.
    host: settings.demo ? '127.0.0.1' : '0.0.0.0',
    isSecure: url.startsWith('https:'),
    publicUrl: url,
    webhooks: {
      appSecret: demo?.file.appSecret ?? settings.whatsapp.appSecret ?? '',
      verifyToken: demo?.file.verifyToken ?? settings.whatsapp.verifyToken ?? '',
    },
    whatsapp: { graphUrl: simulator?.url ?? settings.whatsapp.graphUrl ?? '', graphVersion: settings.whatsapp.graphVersion },
    ...(webRoot && { webRoot }),
    ...(simulator && { simulatorUrl: simulator.url }),
    ...(demo?.file.tenants[0] && { demoKey: demo.file.tenants[0].apiKey }),
  });
  ends.push(() => app.close());
  announce(settings, app, url, demo, embedded, Boolean(simulator));
}

/** Where this process answers: people and programs, or those who look after it. */
function portOf({ role, port, portWasSet, workerPort, workerPortWasSet }: Settings): Promise<number> {
  return role === 'worker' ? listenPort(workerPort, workerPortWasSet, 'WORKER_PORT') : listenPort(port, portWasSet);
}

async function startEmbedded(settings: Settings, say: (line: string) => void): Promise<EmbeddedPostgres | undefined> {
  if (settings.database) return undefined;
  say('Starting the embedded PostgreSQL …');
  const embedded = await startPostgres({ home: settings.home });
  ends.push(() => embedded.stop());
  return embedded;
}

async function startSimulator(demo: Demo, port: number, say: (line: string) => void) {
  const simulator = await startSimulatorProcess({
    webhookUrl: `http://127.0.0.1:${port}/webhooks/whatsapp`,
    appSecret: demo.file.appSecret,
    verifyToken: demo.file.verifyToken,
    numbers: demo.numbers,
    customers: demo.customers,
    templates: demo.templates,
    customersWrite: true,
    report: say,
  });
  ends.push(() => simulator.stop());
  return simulator;
}

function announce(
  settings: Settings,
  app: App,
  url: string,
  demo: Demo | undefined,
  embedded: EmbeddedPostgres | undefined,
  hasSimulator: boolean,
): void {
  const readyInSeconds = process.uptime();
  if (settings.role === 'worker')
    return void process.stdout.write(`Worker ready in ${readyInSeconds.toFixed(1)} s: ${app.url}/readyz\n`);
  const users = demo?.file.tenants.flatMap((tenant) => tenant.users.slice(0, 1)) ?? [];
  const home = path.relative(process.cwd(), settings.home) || '.';
  process.stdout.write(
    banner({
      version: VERSION,
      readyInSeconds,
      url,
      hasDocs: false,
      hasSimulator,
      ...(demo && {
        note: `demo: data in ./${home}, delete it to reset`,
        demo: { users, apiKey: demo.file.tenants[0]?.apiKey ?? '', webhookSecret: demo.file.appSecret },
      }),
      postgres: embedded ? `embedded ${embedded.version}` : `${settings.database?.host}:${settings.database?.port}`,
      redis: settings.redisUrl ? new URL(settings.redisUrl).host : 'in-process',
      whatsapp: hasSimulator ? 'simulator' : new URL(settings.whatsapp.graphUrl ?? '').host,
    }),
  );
}

let isStopping = false;

/** Ends everything in order. A second signal, or a drain that hangs, ends the process at once. */
async function stop(exitCode: number): Promise<void> {
  if (isStopping) process.exit(1);
  isStopping = true;
  setTimeout(() => process.exit(1), LONGEST_DRAIN).unref();
  for (const end of ends.reverse()) await end().catch((error: Error) => console.error(error.message));
  process.exit(exitCode);
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

async function run(): Promise<void> {
  try {
    const settings = readSettings(process.env);
    if (settings.prices) usePrices(settings.prices);
    await start(settings);
  } catch (error) {
    if (error instanceof BadSettings) {
      console.error(`These settings cannot be used:\n${error.faults.map((fault) => `  - ${fault}`).join('\n')}`);
    } else {
      console.error(error instanceof Error ? error.message : error);
    }
    await stop(1);
  }
}

void run();
