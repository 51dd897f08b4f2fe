const HOUR_MS = 3_600_000;

/** Counts calls that manage something, by app and account, over an hour. */
export class ManagementCalls {
  readonly #times = new Map<string, number[]>();

  /** Counts one call; false when it is one too many. */
  take(key: string, perHour: number, now: number): boolean {
    const times = this.#times.get(key) ?? [];
    const recent = (times[0] ?? Infinity) > now - HOUR_MS ? times : times.filter((at) => at > now - HOUR_MS);
    if (recent.length < perHour) recent.push(now);
    else return false;
    this.#times.set(key, recent);
    return true;
  }
}
