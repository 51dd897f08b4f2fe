import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Services } from '../../platform/context.ts';
import { queryOn } from '../../platform/query.ts';
import { type SealingKey, uuidBytes, uuidText } from '../../platform/sealed.ts';
import type { FilePart } from '../../platform/file-key.ts';

/** Who holds it may read one file, until it ends: browsers and programs fetch files without credentials. */
export interface Ticket {
  tenantId: string;
  /** Unix seconds. */
  expiresAt: number;
}

const HOUR_S = 3_600;
const TENANT = 16;
const EXPIRY = 4;
const MAC = 32;

/**
 * The address of a part of a file, on this server. It is the same for an hour, so that browsers keep what they fetched, and works for one hour more.
 * Without waiting once the key is at hand.
 */
export function mediaUrl(services: Services, tenantId: string, mediaId: string, part: FilePart): string | Promise<string> {
  const hour = Math.floor(services.clock.now().getTime() / 1000 / HOUR_S);
  const ticket = { tenantId, expiresAt: (hour + 2) * HOUR_S };
  const write = (key: SealingKey) => {
    const head = Buffer.concat([uuidBytes(tenantId), expiryBytes(ticket.expiresAt)]);
    const text = Buffer.concat([head, macOf(key, head, mediaId, part)]).toString('base64url');
    return `/media/${mediaId}${part === 'file' ? '' : '/thumbnail'}?ticket=${text}`;
  };
  const key = services.keys.knownPlatformKey('INDEX', 'media');
  return key ? write(key) : keyOf(services).then(write);
}

/** Reads a ticket for this part of this file; null for one that is forged, cut or another's. Whether its time is over is for the caller to see. */
export async function readTicket(services: Services, text: string, mediaId: string, part: FilePart): Promise<Ticket | null> {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== TENANT + EXPIRY + MAC) return null;
  const head = bytes.subarray(0, TENANT + EXPIRY);
  const mac = macOf(await keyOf(services), head, mediaId, part);
  if (!timingSafeEqual(mac, bytes.subarray(TENANT + EXPIRY))) return null;
  return { tenantId: uuidText(head.subarray(0, TENANT)), expiresAt: head.readUInt32BE(TENANT) };
}

function keyOf({ keys, database }: Services): Promise<SealingKey> {
  return keys.platformKey(queryOn(database.app), 'INDEX', 'media');
}

function macOf({ secret }: SealingKey, head: Buffer, mediaId: string, part: FilePart): Buffer {
  return createHmac('sha256', secret).update(head).update(`|${mediaId}|${part}`).digest();
}

function expiryBytes(seconds: number): Buffer {
  const bytes = Buffer.alloc(EXPIRY);
  bytes.writeUInt32BE(seconds);
  return bytes;
}
