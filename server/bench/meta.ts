import { setTimeout as pause } from 'node:timers/promises';
import { sign } from '../src/whatsapp/signature.ts';
import { HttpLine, postRequest } from './http-line.ts';
import { answer } from './side.ts';

/** Meta's side of the benches of what comes in: posts webhooks that were made and signed beforehand. */
let requests: Buffer[] = [];
const lines = new Map<string, HttpLine[]>();

/** How a server took what was posted. */
export interface Taken {
  /** Answered 200. */
  stored: number;
  refused: number;
  /** From the first byte sent to the last answer. */
  ms: number;
}

answer({
  /** Signs bodies; they are what is posted from here on. */
  load(bodies: Uint8Array[], appSecret: string) {
    requests = bodies.map((bytes) => {
      const body = Buffer.from(bytes);
      return postRequest(
        '/webhooks/whatsapp',
        { 'content-type': 'application/json', 'x-hub-signature-256': sign(body, appSecret) },
        body,
      );
    });
  },
  /** Posts everything, each connection the next as soon as it was answered. */
  async flood(port: number, connections: number): Promise<Taken> {
    const mine = await linesTo(port, connections);
    const begun = performance.now();
    let next = 0;
    let stored = 0;
    const postAll = async (line: HttpLine) => {
      while (next < requests.length) if ((await line.post(requests[next++] as Buffer)) === 200) stored++;
    };
    await Promise.all(mine.map(postAll));
    return { stored, refused: requests.length - stored, ms: performance.now() - begun };
  },
  /** Posts everything at a steady rate, whether or not the server keeps up, and gives how long each answer took, in ms. */
  async steady(port: number, connections: number, perSecond: number): Promise<number[]> {
    const idle = await linesTo(port, connections);
    const begun = performance.now();
    const times: Promise<number>[] = [];
    while (times.length < requests.length) {
      const due = Math.min(requests.length, Math.floor(((performance.now() - begun) / 1000) * perSecond));
      while (times.length < due) {
        const line = idle.shift();
        if (!line) throw new Error(`More than ${connections} webhooks wait for their answers.`);
        times.push(timed(line, requests[times.length] as Buffer).finally(() => idle.push(line)));
      }
      await pause(1);
    }
    return Promise.all(times);
  },
  end() {
    for (const line of [...lines.values()].flat()) line.close();
  },
});

async function timed(line: HttpLine, request: Buffer): Promise<number> {
  const begun = performance.now();
  const status = await line.post(request);
  if (status !== 200) throw new Error(`A webhook was answered ${status}.`);
  return performance.now() - begun;
}

/** The same connections round after round. */
async function linesTo(port: number, count: number): Promise<HttpLine[]> {
  const name = `${port}/${count}`;
  const known = lines.get(name) ?? (await Promise.all(Array.from({ length: count }, () => HttpLine.open(port))));
  lines.set(name, known);
  return [...known];
}
