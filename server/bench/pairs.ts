import { median, rounded } from './outcome.ts';
import type { Side } from './side.ts';

export const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
/** After so long, in ms, no round is begun that is not needed. */
const LONGEST = 6 * 60_000;
const WARM_UPS = 3;

/** What a side did in a round. */
export interface Run {
  /** CPU time of each unit, in µs. */
  cpu: number;
  /** Units a second by the clock. */
  rate: number;
}

export interface Pairs {
  /** Limit's CPU time by ours: the median of the rounds. */
  ratio: number;
  /** CPU time of each unit in µs, medians. */
  limit: number;
  ours: number;
  rounds: number[];
  /** The same of every side there is. */
  cpu: Record<string, number>;
  /** Units a second by the clock, medians. */
  rate: Record<string, number>;
}

export interface Contest {
  name: string;
  /** `limit`, `ours`, and whoever else is of interest. */
  sides: { limit: () => Promise<Run>; ours: () => Promise<Run>; [other: string]: () => Promise<Run> };
  /** Runs before each round, untimed. */
  prepare?: () => Promise<unknown>;
}

/** Lets the sides take turns, each round right after the other; the first rounds warm up and count for nothing. */
export async function inPairs({ name, prepare, sides }: Contest): Promise<Pairs> {
  const deadline = performance.now() + LONGEST;
  const runs: Record<string, Run[]> = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    if (round > 3 && performance.now() > deadline) break;
    await prepare?.();
    const said: string[] = [];
    for (const [side, run] of Object.entries(sides)) {
      const result = await run();
      if (round >= 0) runs[side]?.push(result);
      said.push(`${side} ${result.cpu.toFixed(1)} µs, ${Math.round(result.rate)}/s`);
    }
    console.error(`${name}, ${round < 0 ? 'warming up' : `round ${round + 1}`}: ${said.join('; ')}`);
  }
  const middle = (side: string, figure: keyof Run) => rounded(median((runs[side] ?? []).map((run) => run[figure])));
  const all = (figure: keyof Run) => Object.fromEntries(Object.keys(sides).map((side) => [side, middle(side, figure)]));
  const ours = runs['ours'] ?? [];
  const ratios = (runs['limit'] ?? []).map((limit, index) => rounded(limit.cpu / (ours[index]?.cpu ?? Number.NaN)));
  return {
    ratio: rounded(median(ratios)),
    limit: middle('limit', 'cpu'),
    ours: middle('ours', 'cpu'),
    rounds: ratios,
    cpu: all('cpu'),
    rate: all('rate'),
  };
}

/** Runs so many units and gives what each cost this process. */
export async function timed(side: Side, units: number, run: () => Promise<unknown>): Promise<Run> {
  const before = await side.cpu();
  const begun = performance.now();
  await run();
  const ms = performance.now() - begun;
  return { cpu: ((await side.cpu()) - before) / units, rate: (units / ms) * 1000 };
}
