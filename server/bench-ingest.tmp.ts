import 'reflect-metadata';
import { createHash, randomBytes } from 'node:crypto';
import { createLine, openServices } from './test/harness/messaging.ts';
import { executeOn } from './test/harness/execute-on.ts';
import { migrate } from './src/platform/migrate.ts';
import { Ingester } from './src/messaging/ingest.ts';
import { WebhookInbox } from './src/messaging/receive-webhook.ts';
import { body, change, text } from './test/harness/envelopes.ts';
const root = { host: '/var/run/postgresql', port: 5432, user: 'root', database: 'root' };
const name = `bench_${randomBytes(4).toString('hex')}`;
await executeOn(root, `create database ${name}`);
const address = { ...root, database: name };
try {
  await migrate(address);
  if (process.env.EXPLAIN) for (const set of ["session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 8", "auto_explain.log_analyze = on", "auto_explain.log_buffers = off", "auto_explain.log_triggers = on", "client_min_messages = log"]) await executeOn(address, `alter database ${name} set ${set}`);
  const services = await openServices(address);
  let shown = 0; if (process.env.EXPLAIN) services.database.worker.on('acquire', (c) => (c as any).noticed || ((c as any).noticed = true) && c.on('notice', (n) => { shown++; if (shown > Number(process.env.SKIP ?? 300) && shown < Number(process.env.SKIP ?? 300) + 12) console.log(n.message); }));
  const times = new Map<string, { n: number; ms: number }>(); const seen = new WeakSet<object>();
  services.database.worker.on('acquire', (c) => { if (seen.has(c)) return; seen.add(c); const q = c.query.bind(c); c.query = (async (...a: any[]) => { const t = performance.now(); try { return await (q as any)(...a); } finally { const text = (typeof a[0] === 'string' ? a[0] : a[0].text).trim().replace(/\s+/g, ' ').slice(0, 70); const e = times.get(text) ?? { n: 0, ms: 0 }; e.n++; e.ms += performance.now() - t; times.set(text, e); } }) as any; });
  const ingester = new Ingester(services);
  const inbox = new WebhookInbox({ ...services, onStored: (b) => ingester.take(b) });
  const TEN = Number(process.env.TENANTS ?? 20), N = Number(process.env.N ?? 20000), CONC = Number(process.env.CONC ?? 256), PEOPLE = 2000;
  const lines = await Promise.all(Array.from({ length: TEN }, () => createLine(services)));
  const make = (n: number) => { const from = `49155${String(n % PEOPLE).padStart(6, '0')}`; return body(change(lines[n % TEN]!.phoneNumberId, { contacts: [{ profile: { name: `Person ${n % PEOPLE}` }, wa_id: from }], messages: [text(`wamid.HBgM${String(n).padStart(30, 'x')}`, from, `message number ${n} with some words in it to be sealed`)] })); };
  const run = async (from: number, count: number) => {
    const bodies = Array.from({ length: count }, (_, i) => { const raw = make(from + i); return { raw, mac: createHash('sha256').update(raw).digest() }; });
    const w0 = ingester.stats.windows; const m0 = ingester.stats.messages; const c0 = process.cpuUsage(); const t0 = performance.now();
    let next = 0; const lat: number[] = [];
    await Promise.all(Array.from({ length: CONC }, async () => { for (;;) { const b = bodies[next++]; if (!b) return; const t = performance.now(); await inbox.store(b.raw, b.mac); lat.push(performance.now() - t); } }));
    const stored = performance.now() - t0;
    while (ingester.stats.messages - m0 < count) await new Promise((r) => setTimeout(r, 1));
    const t = performance.now() - t0; const c = process.cpuUsage(c0); lat.sort((a, b) => a - b);
    console.log(JSON.stringify({ count, perSecond: Math.round(count / t * 1000), storedPerSecond: Math.round(count / stored * 1000), cpuUs: +((c.user + c.system) / count).toFixed(1), windows: ingester.stats.windows - w0, ackP50: +lat[lat.length >> 1]!.toFixed(1), ackP99: +lat[Math.floor(lat.length * .99)]!.toFixed(1), reruns: ingester.stats.reruns }));
  };
  await run(0, 4000);
  for (let r = 0; r < 3; r++) await run(4000 + r * N, N);
  for (const [t, e] of [...times].sort((a, b) => b[1].ms - a[1].ms).slice(0, 16)) console.log(String(e.n).padStart(6), (e.ms / e.n).toFixed(2).padStart(8), 'ms', Math.round(e.ms).toString().padStart(7), t);
  await ingester.close(); await services.database.close();
} finally { await executeOn(root, `drop database ${name} with (force)`); }
