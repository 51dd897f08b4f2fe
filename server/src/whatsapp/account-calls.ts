import { type Graph, part } from './graph.ts';
import type { Outcome } from './outcome.ts';
import { idOf, isJson, objectOf, wordsOf } from './read-json.ts';

/** A WhatsApp Business account. */
export interface AccountAtMeta {
  wabaId: string;
  name?: string;
  /** Of its bills, such as `EUR`. */
  currency?: string;
  ownerBusinessId?: string;
}

/** Where an app is told of an account's news, when not at its own address. */
export interface Override {
  callbackUrl: string;
  verifyToken: string;
}

const FIELDS = 'id,name,currency,owner_business_info';

export function readAccount(graph: Graph, wabaId: string, token: string): Promise<Outcome<AccountAtMeta>> {
  return graph.ask({ method: 'GET', path: `${part(wabaId)}?fields=${FIELDS}`, token }, (body) => {
    const id = isJson(body) ? idOf(body.id) : undefined;
    if (!isJson(body) || id === undefined) return undefined;
    const ownerBusinessId = idOf(objectOf(body.owner_business_info).id);
    return { wabaId: id, name: wordsOf(body.name), currency: idOf(body.currency), ownerBusinessId };
  });
}

/** Has the app that the token belongs to told of the account's messages and news. Meta asks the override for its challenge first. */
export function subscribeApp(graph: Graph, wabaId: string, token: string, override?: Override): Promise<Outcome<true>> {
  const { callbackUrl, verifyToken } = override ?? {};
  const body = JSON.stringify({ override_callback_uri: callbackUrl, verify_token: verifyToken });
  return graph.act({ method: 'POST', path: `${part(wabaId)}/subscribed_apps`, token, body });
}

export function unsubscribeApp(graph: Graph, wabaId: string, token: string): Promise<Outcome<true>> {
  return graph.act({ method: 'DELETE', path: `${part(wabaId)}/subscribed_apps`, token });
}
