import { fault } from '../platform/faults.ts';

/** A place in a tenant's log: nothing up to and including `seq` is wanted any more. */
export interface LogPosition {
  /** Random, 8 bytes; a restored backup gets another one, so that old cursors are seen to be old. */
  epoch: Buffer;
  seq: number;
}

const VERSION = 1;
const LENGTH = 1 + 8 + 8;

/** Writes a place as the opaque text clients keep. */
export function writeCursor({ epoch, seq }: LogPosition): string {
  const bytes = Buffer.alloc(LENGTH);
  bytes[0] = VERSION;
  epoch.copy(bytes, 1);
  bytes.writeBigUInt64BE(BigInt(seq), 9);
  return bytes.toString('base64url');
}

/** Reads what `writeCursor` wrote. Throws BAD_CURSOR for anything else. */
export function readCursor(text: string): LogPosition {
  const bytes = Buffer.from(text, 'base64url');
  const seq = bytes.length === LENGTH && bytes[0] === VERSION ? bytes.readBigUInt64BE(9) : -1n;
  if (seq < 0n || seq > BigInt(Number.MAX_SAFE_INTEGER) || bytes.toString('base64url') !== text)
    throw fault('BAD_CURSOR', 'This is no cursor of the event log.');
  return { epoch: bytes.subarray(1, 9), seq: Number(seq) };
}
