/** The moment at which clocks in a zone show this day and time, as `YYYY-MM-DDTHH:mm`. Null for what is none. */
export function momentAt(wall: string, zone: string): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(wall);
  if (!match) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = match.slice(1).map(Number);
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  if (Number.isNaN(asUtc)) return null;
  // The zone's distance from UTC at about that moment; where a summer time begins or ends between, the second look is right.
  const guess = asUtc - offsetOf(asUtc, zone);
  return new Date(asUtc - offsetOf(guess, zone));
}

/** What clocks in a zone show at a moment, as `YYYY-MM-DDTHH:mm`. */
export function wallClock(at: Date, zone: string): string {
  return new Date(at.getTime() + offsetOf(at.getTime(), zone)).toISOString().slice(0, 16);
}

function offsetOf(moment: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second']);
  return shown - Math.floor(moment / 1_000) * 1_000;
}
