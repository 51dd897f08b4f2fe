import { Line } from './line.ts';
import { answer } from './side.ts';

/** The clients of a bench, in a process of their own: sets of lines with one subscription each. */
interface ClientsWanted {
  /** What the set is called from here on. */
  set: string;
  port: number;
  path: string;
  apiKey: string;
  count: number;
  query: string;
}

const sets = new Map<string, Line[]>();
const LINES_AT_ONCE = 20;

answer({
  /** Opens lines and subscribes; resolves when all were acknowledged. */
  async open({ set, port, path, apiKey, count, query }: ClientsWanted) {
    const lines = sets.get(set) ?? [];
    sets.set(set, lines);
    for (let left = count; left > 0; left -= LINES_AT_ONCE) {
      const some = Array.from({ length: Math.min(left, LINES_AT_ONCE) }, () => introduced(port, path, apiKey, query));
      lines.push(...(await Promise.all(some)));
    }
  },
  count: (set: string) => countOf(set),
  /** Resolves when a set has received this many frames in all. */
  async reached(set: string, total: number, withinMs: number) {
    const end = performance.now() + withinMs;
    while (countOf(set) < total) {
      const lost = sets.get(set)?.filter((line) => line.closed).length ?? 0;
      if (lost) throw new Error(`${lost} clients were cut.`);
      if (performance.now() > end) throw new Error(`${countOf(set)} of ${total} frames came within ${withinMs} ms.`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return countOf(set);
  },
  /** From here on keeps the texts of one line of the set, by its number. */
  watch(set: string, line: number) {
    const texts: string[] = [];
    const watched = sets.get(set)?.[line] as Line;
    watched.heard = (text) => texts.push(text.toString());
    watching.set(`${set}/${line}`, texts);
  },
  watched(set: string, line: number) {
    const watched = sets.get(set)?.[line] as Line;
    watched.heard = null;
    return watching.get(`${set}/${line}`);
  },
  /** From here on notes how long each frame was under way: its text says when it was sent, as `@ms@`. */
  time(set: string) {
    const times: number[] = [];
    timing.set(set, times);
    for (const line of sets.get(set) ?? []) line.heard = (text) => times.push(now() - sentAt(text));
  },
  timed(set: string) {
    for (const line of sets.get(set) ?? []) line.heard = null;
    return timing.get(set);
  },
  close(set: string) {
    for (const line of sets.get(set) ?? []) line.end();
    sets.delete(set);
  },
  end: () => undefined,
});

const timing = new Map<string, number[]>();
const watching = new Map<string, string[]>();

/** This process's clock, comparable with that of others on the machine, in ms. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function sentAt(text: Buffer): number {
  const start = text.indexOf('"@') + 2;
  return Number(text.toString('latin1', start, text.indexOf('@"', start)));
}

function countOf(set: string): number {
  let count = 0;
  for (const line of sets.get(set) ?? []) count += line.count;
  return count;
}

async function introduced(port: number, path: string, apiKey: string, query: string): Promise<Line> {
  const line = await Line.open(port, path);
  const acknowledged = new Promise<void>((resolve) => (line.heard = () => resolve()));
  line.send({ type: 'connection_init', payload: { apiKey } });
  await acknowledged;
  line.heard = null;
  line.count = 0;
  line.send({ id: '1', type: 'subscribe', payload: { query } });
  return line;
}
