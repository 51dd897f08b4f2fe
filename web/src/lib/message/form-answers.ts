/** What WhatsApp puts among the answers for itself. */
const own = new Set(['flow_token']);

/** The answers of a form as names and words, from the JSON that WhatsApp gave; none when it is something else. */
export function formAnswers(json: string | null | undefined): { name: string; value: string }[] {
  let read: unknown;
  try {
    read = JSON.parse(json ?? '');
  } catch {
    return [];
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return [];
  return Object.entries(read)
    .filter(([name]) => !own.has(name))
    .map(([name, value]: [string, unknown]) => ({
      name: name.replace(/^screen_\d+_/, '').replaceAll('_', ' '),
      value: typeof value === 'string' ? value : JSON.stringify(value),
    }));
}
