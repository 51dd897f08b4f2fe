import { preferences } from '#lib/preferences/preferences.svelte.ts';

/** The time zone of this browser, such as `Asia/Riyadh`. */
export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Day and time of a moment as clocks show it in a zone; without one, as this browser's does. */
export function momentInZone(at: string, zone: string | null): string {
  return new Intl.DateTimeFormat(preferences.tag, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: knownZone(zone),
  }).format(new Date(at));
}

/** What people call a time zone, such as “Arabian Standard Time”. */
export function zoneName(zone: string | null): string {
  const parts = new Intl.DateTimeFormat(preferences.tag, {
    timeZone: knownZone(zone),
    timeZoneName: 'longGeneric',
  }).formatToParts();
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone ?? ownZone;
}

/** A zone that this browser knows; its own in place of any other. */
export function knownZone(zone: string | null): string {
  if (zone === null) return ownZone;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return ownZone;
  }
}
