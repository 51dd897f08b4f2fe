import 'reflect-metadata';
import { createHash, randomBytes } from 'node:crypto';
import { createLine, openServices } from './test/harness/messaging.ts';
import { executeOn } from './test/harness/execute-on.ts';
import { queueTexts } from './test/harness/outbound.ts';
import { migrate } from './src/platform/migrate.ts';
import { queryOn } from './src/platform/query.ts';
import { Ingester } from './src/messaging/ingest.ts';
import { WebhookInbox } from './src/messaging/receive-webhook.ts';
import { recordOutcomes } from './src/messaging/record-outcomes.ts';
import { claimSends } from './src/messaging/send-queue.ts';
import { status, statusBody, textBody } from './test/harness/envelopes.ts';
const root = { host: '/var/run/postgresql', port: 5432, user: 'root', database: 'root' };
const name = `bench_${randomBytes(4).toString('hex')}`;
await executeOn(root, `create database ${name}`);
const address = { ...root, database: name };
try {
  await migrate(address);
  if (process.env.EXPLAIN) for (const set of ["session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 60", "auto_explain.log_analyze = on", "auto_explain.log_buffers = off", "auto_explain.log_triggers = on", "client_min_messages = log"]) await executeOn(address, `alter database ${name} set ${set}`);
  const services = await openServices(address);
  const times = new Map<string, { n: number; ms: number }>(); const seen = new WeakSet<object>();
  services.database.worker.on('acquire', (c) => { if (seen.has(c)) return; seen.add(c); if (process.env.EXPLAIN) c.on('notice', (n) => console.log(n.message)); const q = c.query.bind(c); c.query = (async (...a: any[]) => { const t = performance.now(); try { return await (q as any)(...a); } finally { const text = (typeof a[0] === 'string' ? a[0] : a[0].text).trim().replace(/\s+/g, ' ').slice(0, 70); const e = times.get(text) ?? { n: 0, ms: 0 }; e.n++; e.ms += performance.now() - t; times.set(text, e); } }) as any; });
  const show = (what: string, t: number) => { console.log('==', what, Math.round(performance.now() - t), 'ms'); for (const [t, e] of [...times].sort((a, b) => b[1].ms - a[1].ms).slice(0, 7)) console.log(String(e.n).padStart(6), Math.round(e.ms).toString().padStart(7), t); times.clear(); };
  const line = await createLine(services); const ingester = new Ingester(services);
  const inbox = new WebhookInbox({ ...services, onStored: (b) => ingester.take(b) });
  const hear = (raw: Buffer) => inbox.store(raw, createHash('sha256').update(raw).digest());
  await hear(textBody(line.phoneNumberId, 'wamid.hello', '4915550001', 'hello')); await new Promise((r) => setTimeout(r, 200));
  for (const round of [1, 2, 3]) {
  const wamids = Array.from({ length: 5000 }, (_, n) => `wamid.${round}.${n}`);
  let t = performance.now(); await queueTexts(services, line, '+4915550001', wamids); show('queue', t);
  t = performance.now(); const sends = await claimSends(queryOn(services.database.worker), new Map([[line.numberId, 5000]])); show('claim', t);
  t = performance.now(); await recordOutcomes(services, sends.map((send, i) => ({ send, at: Date.now(), end: { kind: 'accepted', wamid: wamids[i]! } as const })), 1000); show('record', t);
  t = performance.now(); await hear(statusBody(line.phoneNumberId, ...wamids.map((w) => status(w, 'delivered')))); console.log('ack', Math.round(performance.now() - t)); while (ingester.stats.statuses < 5000 * round) await new Promise((r) => setTimeout(r, 2)); show('apply', t);
  }
  await ingester.close(); await services.database.close();
} finally { await executeOn(root, `drop database ${name} with (force)`); }
