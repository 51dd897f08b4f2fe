/** What a bench prints as its last line. */
export interface Outcome {
  goal: string;
  /** Ours against the limit: 1 is the limit. Of several parts the worst counts. */
  ratio: number;
  /** Of `bulk`: against inserts alone, which change nothing that is there. */
  ratioToInserts?: number;
  /** From here on the goal is met. */
  min: number;
  unit: string;
  /** Medians. */
  limit: number;
  ours: number;
  naive?: number;
  /** One ratio for each round of the worst part. */
  rounds: number[];
  parts: Record<string, object>;
}

/** The middle of a list of numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The value below which this share of a list lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Three digits are all that these figures can bear. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
