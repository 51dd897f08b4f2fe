import { Pool } from 'undici';
import { answer } from './side.ts';

/** The limit of sending, and the naive way: requests that were made beforehand go to the same place, and nothing is kept of them. */
export interface RawSend {
  path: string;
  token: string;
  body: string;
}

const CONNECTIONS = 64;
let url = '';
let pool: Pool | undefined;
let sends: RawSend[] = [];

answer({
  start(to: string) {
    url = to;
    pool = new Pool(to, { connections: CONNECTIONS });
  },
  load(made: RawSend[]) {
    sends = made;
  },
  /** A pool of kept-alive connections, all of them busy. */
  async pool() {
    let next = 0;
    let accepted = 0;
    const work = async () => {
      for (let send = sends[next++]; send; send = sends[next++]) {
        const headers = ['authorization', `Bearer ${send.token}`, 'content-type', 'application/json'];
        const response = await (pool as Pool).request({ method: 'POST', path: send.path, headers, body: send.body });
        const answered = (await response.body.json()) as { messages: { id: string }[] };
        if (answered.messages[0]?.id) accepted++;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
    return accepted;
  },
  /** One after the other. */
  async fetch() {
    let accepted = 0;
    for (const { path, token, body } of sends) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const response = await fetch(url + path, { method: 'POST', headers, body });
      const answered = (await response.json()) as { messages: { id: string }[] };
      if (answered.messages[0]?.id) accepted++;
    }
    return accepted;
  },
  end: () => pool?.destroy(),
});
