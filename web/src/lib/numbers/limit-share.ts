/** How much of a messaging limit is used, in whole percent: 0 where there is no limit, and never more than 100. */
export function limitShare({ limit, used }: { limit?: number | null; used: number }): number {
  if (limit == null) return 0;
  if (limit <= 0) return 100;
  return Math.min(100, Math.round((used / limit) * 100));
}
