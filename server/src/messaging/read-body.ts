import { type ReceivedChange, readEnvelope } from '../whatsapp/read-envelope.ts';

export interface ReadBody {
  changes: ReceivedChange[];
  /** What was left out and where, without any content; null when all was understood. */
  fault: string | null;
}

/** Reads a raw webhook body. Never throws: what cannot be understood is named in `fault`, its good neighbours are kept. */
export function readBody(raw: Buffer): ReadBody {
  let json: unknown;
  try {
    json = JSON.parse(raw.toString('utf8'));
  } catch {
    return { changes: [], fault: 'not JSON' };
  }
  const { changes, rejects, rejectCount } = readEnvelope(json);
  const [first] = rejects;
  if (!first) return { changes, fault: null };
  const more = rejectCount > 1 ? ` and ${rejectCount - 1} more` : '';
  return { changes, fault: `${first.reason} at ${first.path || 'the top'}${more}` };
}
