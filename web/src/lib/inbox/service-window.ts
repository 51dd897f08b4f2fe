const hour = 3_600_000;
const length = 24 * hour;
const lowUnder = 2 * hour;

/** The 24-hour service window at a moment: how much is left of it, in milliseconds and in percent. */
export interface WindowState {
  kind: 'open' | 'low' | 'shut';
  leftMs: number;
  leftPercent: number;
}

export function windowAt(closesAt: string | null | undefined, now: number): WindowState {
  const leftMs = closesAt ? Math.max(0, Date.parse(closesAt) - now) : 0;
  const kind = leftMs === 0 ? 'shut' : leftMs < lowUnder ? 'low' : 'open';
  return { kind, leftMs, leftPercent: Math.min(100, (leftMs / length) * 100) };
}
