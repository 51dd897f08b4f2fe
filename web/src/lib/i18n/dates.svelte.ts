import { preferences } from '#lib/preferences/preferences.svelte.ts';
import { currentTime } from './clock.svelte.ts';
import { daysBetween } from './days.ts';
import { t } from './i18n.svelte.ts';

const formats = $derived.by(() => {
  const { tag } = preferences;
  return {
    time: new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    weekday: new Intl.DateTimeFormat(tag, { weekday: 'long' }),
    day: new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' }),
    dayOfYear: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric' }),
    full: new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'medium', hourCycle: 'h23' }),
    month: new Intl.DateTimeFormat(tag, { month: 'short', year: 'numeric' }),
  };
});

/** The time of day, such as 10:42. */
export function timeOfDay(at: string | number): string {
  return formats.time.format(new Date(at));
}

/** Day, month, year and time to the second: for what is shown on pointing. */
export function fullTime(at: string | number): string {
  return formats.full.format(new Date(at));
}

/** Month and year, such as Mar 2024. */
export function monthAndYear(at: string): string {
  return formats.month.format(new Date(at));
}

/** The day as the head of a group: Today, Yesterday, then the weekday with its date, then the date with its year. */
export function dayName(at: string | number): string {
  const days = daysBetween(new Date(at), new Date(currentTime()));
  if (days === 0) return t('thread.today');
  if (days === 1) return t('thread.yesterday');
  return days > 1 && days < 300 ? formats.day.format(new Date(at)) : formats.dayOfYear.format(new Date(at));
}

/** When something was, in a line: the time of today, else the day and the time. */
export function dayAndTime(at: string | number): string {
  const days = daysBetween(new Date(at), new Date(currentTime()));
  if (days === 0) return timeOfDay(at);
  const day = days > 1 && days < 7 ? formats.weekday.format(new Date(at)) : dayName(at);
  return `${day} ${timeOfDay(at)}`;
}

/** When something was, within a sentence: “at 10:42”, “yesterday at 10:42”, “Friday at 10:42”. */
export function whenInSentence(at: string | number): string {
  const days = daysBetween(new Date(at), new Date(currentTime()));
  const time = timeOfDay(at);
  if (days === 0) return t('when.today', { time });
  if (days === 1) return t('when.yesterday', { time });
  return t('when.day', { day: days > 1 && days < 7 ? formats.weekday.format(new Date(at)) : dayName(at), time });
}
