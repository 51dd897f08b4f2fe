import { idOf, isJson } from '../whatsapp/read-json.ts';
import { type ReceivedChange, readEnvelope } from '../whatsapp/read-envelope.ts';

export interface ReadBody {
  changes: ReceivedChange[];
  /** What was left out and where, without any content; null when all was understood. */
  fault: string | null;
  /** Meta's ids of all the accounts it is about; null when that cannot be said. */
  accounts: string[] | null;
}

/** Reads a raw webhook body. Never throws: what cannot be understood is named in `fault`, its good neighbours are kept. */
export function readBody(raw: Buffer): ReadBody {
  let json: unknown;
  try {
    json = JSON.parse(raw.toString('utf8'));
  } catch {
    return { changes: [], fault: 'not JSON', accounts: null };
  }
  const { changes, rejects, rejectCount } = readEnvelope(json);
  const [first] = rejects;
  if (!first) return { changes, fault: null, accounts: changes.map((change) => change.wabaId) };
  const more = rejectCount > 1 ? ` and ${rejectCount - 1} more` : '';
  return { changes, fault: `${first.reason} at ${first.path || 'the top'}${more}`, accounts: accountsOf(json) };
}

/** Of a body that could not be understood in whole. */
function accountsOf(json: unknown): string[] | null {
  const entries = isJson(json) ? json.entry : undefined;
  if (!Array.isArray(entries)) return null;
  const ids = entries.map((entry: unknown) => (isJson(entry) ? idOf(entry.id) : undefined));
  return ids.every((id) => id !== undefined) ? ids : null;
}
