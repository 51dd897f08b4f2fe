import { t } from './i18n.svelte.ts';

const minute = 60_000;

/** A length of time in its two largest units, such as “1 h 12 min”; `ms` in milliseconds. */
export function duration(ms: number): string {
  const minutes = Math.floor(ms / minute);
  if (minutes < 1) return t('duration.moment');
  if (minutes < 60) return t('duration.minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48)
    return pair(t('duration.hours', { n: hours }), minutes % 60 === 0 ? '' : t('duration.minutes', { n: minutes % 60 }));
  return t('duration.days', { n: Math.floor(hours / 24) });
}

function pair(large: string, small: string): string {
  return small === '' ? large : t('duration.pair', { large, small });
}
