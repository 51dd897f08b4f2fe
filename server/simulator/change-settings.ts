import { type Settings, TIERS } from './options.ts';

/** Changes the given settings if all of them make sense; otherwise changes none and gives a sentence. */
export function changeSettings(settings: Settings, changes: Record<string, unknown>): string | null {
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(settings, name)) return `There is no setting ${name}`;
    if (!isLike(settings[name as keyof Settings], value)) return `${name} has the wrong type or is negative`;
  }
  Object.assign(settings, changes);
  // A share of failures that somebody asked for is meant for every send.
  if ('failPercent' in changes && !('isCalmAtFirst' in changes)) settings.isCalmAtFirst = false;
  return null;
}

function isLike(now: unknown, value: unknown): boolean {
  if (typeof now === 'string') return TIERS.some((tier) => tier === value);
  if (!Array.isArray(now)) return typeof now === 'number' ? isAmount(value) : typeof value === typeof now;
  const [from, to, ...more]: unknown[] = Array.isArray(value) ? value : [];
  return more.length === 0 && isAmount(from) && isAmount(to) && from <= to;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}
