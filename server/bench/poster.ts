import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { newId } from '../src/platform/ids.ts';
import { sign } from '../src/whatsapp/signature.ts';
import { textBody } from '../test/harness/envelopes.ts';
import { answer } from './side.ts';

/** Meta's side of the latency bench: posts signed webhooks, one message each, at a steady rate, whether or not the server keeps up. */
export interface PostsWanted {
  port: number;
  appSecret: string;
  phoneNumberIds: string[];
  perSecond: number;
  seconds: number;
}

const CONNECTIONS = 64;
const CUSTOMERS = 50;

/** This process's clock, comparable with that of others on the machine, in ms. */
const now = () => performance.timeOrigin + performance.now();

let pool: Pool | undefined;

answer({
  /** Gives how many were answered 200, and how many otherwise. */
  async post({ port, appSecret, phoneNumberIds, perSecond, seconds }: PostsWanted) {
    pool ??= new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
    const total = perSecond * seconds;
    const begun = performance.now();
    const answers: Promise<number>[] = [];
    while (answers.length < total) {
      const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * perSecond));
      while (answers.length < due) {
        const count = answers.length;
        const from = `49157${String(count % CUSTOMERS).padStart(7, '0')}`;
        // The moment it was sent travels in the text, all the way to the agent's socket.
        const body = textBody(
          phoneNumberIds[count % phoneNumberIds.length] as string,
          `wamid.${newId()}`,
          from,
          `@${now().toFixed(3)}@`,
        );
        answers.push(post(body, sign(body, appSecret)));
      }
      await pause(1);
    }
    const statuses = await Promise.all(answers);
    const stored = statuses.filter((status) => status === 200).length;
    return { stored, refused: statuses.length - stored };
  },
  end: () => pool?.destroy(),
});

async function post(body: Buffer, signature: string): Promise<number> {
  try {
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
    const response = await (pool as Pool).request({ method: 'POST', path: '/webhooks/whatsapp', headers, body });
    await response.body.dump();
    return response.statusCode;
  } catch {
    return 0;
  }
}
