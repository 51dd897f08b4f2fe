import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Everything a script needs to use the demo: addresses, logins and keys. */
export interface DemoFile {
  url: string;
  /** Signs what WhatsApp, or a stranger's stand-in for it, posts to the webhook. */
  appSecret: string;
  verifyToken: string;
  tenants: DemoTenant[];
}

export interface DemoTenant {
  id: string;
  name: string;
  apiKey: string;
  numbers: { id: string; phoneNumberId: string; displayPhone: string }[];
  users: { email: string; password: string; role: string; locale: string }[];
}

/** Reads `demo.json` of the data folder. Gives undefined when it is lost or cannot be read: then it is written anew, with new secrets. */
export function readDemoFile(home: string): DemoFile | undefined {
  try {
    return JSON.parse(readFileSync(demoFilePath(home), 'utf8')) as DemoFile;
  } catch {
    return undefined;
  }
}

/** Writes `demo.json`, readable by its owner alone, at once or not at all. */
export function writeDemoFile(home: string, demo: DemoFile): void {
  mkdirSync(home, { recursive: true });
  const file = demoFilePath(home);
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
}

export function demoFilePath(home: string): string {
  return path.join(home, 'demo.json');
}
