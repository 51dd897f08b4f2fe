import type { Graph } from './graph.ts';
import { part } from './graph.ts';
import type { Outcome } from './outcome.ts';

export interface ReadOptions {
  /** Shows the customer that we write: until we answer, 25 s at most. */
  typing?: boolean;
}

/** Shows the customer that a message of theirs was read, and with it all before it in that chat (in a group: it alone). */
export function markRead(
  graph: Graph,
  phoneNumberId: string,
  token: string,
  wamid: string,
  { typing = false }: ReadOptions = {},
): Promise<Outcome<true>> {
  const receipt = { messaging_product: 'whatsapp', status: 'read', message_id: wamid };
  const body = JSON.stringify(typing ? { ...receipt, typing_indicator: { type: 'text' } } : receipt);
  return graph.act({ method: 'POST', path: `${part(phoneNumberId)}/messages`, token, body });
}
