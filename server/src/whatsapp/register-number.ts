import { type Graph, part } from './graph.ts';
import type { Outcome } from './outcome.ts';

/** Registers a number for the Cloud API. `pin` is that of its two-step verification, or becomes it: six digits. */
export function registerNumber(graph: Graph, phoneNumberId: string, token: string, pin: string): Promise<Outcome<true>> {
  const body = JSON.stringify({ messaging_product: 'whatsapp', pin });
  return graph.act({ method: 'POST', path: `${part(phoneNumberId)}/register`, token, body });
}
