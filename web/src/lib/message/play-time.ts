/** How long something plays, as players write it: 0:07, 12:05, 1:02:03. The digits are made by `two` and `plain`, in the reader's kind. */
export function playTime(ms: number, digits: (value: number, width: number) => string): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const tail = digits(seconds % 60, 2);
  return hours > 0 ? `${digits(hours, 1)}:${digits(minutes, 2)}:${tail}` : `${digits(minutes, 1)}:${tail}`;
}
