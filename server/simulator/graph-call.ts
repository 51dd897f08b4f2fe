import type { ErrorResponse } from '../src/whatsapp/wire.ts';
import { refusal, trace, unknownObject } from './meta-errors.ts';
import type { Fields } from './shapes.ts';
import type { World } from './world.ts';

/** A call of the Graph API that manages something, read and allowed. */
export interface GraphCall {
  world: World;
  method: string;
  /** The object it is about. */
  id: string;
  /** What of it, such as `message_templates`; undefined for the object itself. */
  edge: string | undefined;
  query: URLSearchParams;
  /** The body's fields, whether JSON or a form; those of the query where the body has none. */
  fields: Fields;
  /** The body as it came. */
  bytes: Buffer;
  contentType: string;
  headers: Record<string, string | string[] | undefined>;
  token: string;
  now: number;
}

/** Ends a call with a refusal of Meta's. */
export class MetaRefusal extends Error {
  readonly httpStatus: number;
  readonly body: object;
  readonly code: number;

  constructor({ httpStatus, body }: { httpStatus: number; body: ErrorResponse }) {
    super(body.error.message);
    this.httpStatus = httpStatus;
    this.body = body;
    this.code = body.error.code;
  }
}

export function refuse(code: number, details: string): never {
  throw new MetaRefusal(refusal(code, details));
}

export function refuseUnknown(method: string, id: string): never {
  throw new MetaRefusal(unknownObject(method, id));
}

/** What Meta answers for a path that stands for nothing. */
export function unknownPath(): { httpStatus: number; body: ErrorResponse } {
  const error = { message: 'Unknown path components', type: 'OAuthException', code: 2500, fbtrace_id: trace() };
  return { httpStatus: 400, body: { error } };
}

/** The asked fields; unknown ones are left out, and `id` is always there. */
export function pick(all: Fields, asked: string): Fields {
  const names = ['id', ...asked.split(',').map((name) => name.replace(/[({].*$/, '').trim())];
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(all, name) && all[name] !== undefined).map((name) => [name, all[name]]),
  );
}

/** Such a page of a list as Meta gives: cursors stand for places. */
export function page(call: GraphCall, items: Fields[], usual = 25): Fields {
  const limit = Math.min(Math.max(1, Number(call.query.get('limit')) || usual), 1000);
  const after = placeOf(call.query.get('after'));
  const before = placeOf(call.query.get('before'));
  const from = before === undefined ? (after === undefined ? 0 : after + 1) : Math.max(0, before - limit);
  const data = items.slice(from, before === undefined ? from + limit : before);
  if (data.length === 0) return { data };
  const cursors = { before: cursorOf(from), after: cursorOf(from + data.length - 1) };
  const link = (name: string, cursor: string) => {
    const query = new URLSearchParams(call.query);
    for (const other of ['after', 'before', 'access_token']) query.delete(other);
    query.set(name, cursor);
    return `${call.world.url}/v26.0/${call.id}/${call.edge}?${query}`;
  };
  return {
    data,
    paging: {
      cursors,
      ...(from + data.length < items.length && { next: link('after', cursors.after) }),
      ...(from > 0 && { previous: link('before', cursors.before) }),
    },
  };
}

function cursorOf(place: number): string {
  return Buffer.from(`place:${place}`).toString('base64url');
}

function placeOf(cursor: string | null): number | undefined {
  if (cursor === null || cursor === '') return undefined;
  const place = /^place:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  return place === undefined ? refuse(100, 'Invalid cursor') : Number(place);
}
