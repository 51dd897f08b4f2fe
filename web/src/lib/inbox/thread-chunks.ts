import { isAtLeastAsNew, type StatusReading } from './status-ladder.ts';

/** A message as the thread orders it: ids are UUIDv7, so their order is that of arrival. */
export interface Ordered extends StatusReading {
  id: string;
}

/** The loaded part of a thread, oldest first, in runs of bounded size: only the run that changed is drawn again. */
export type Chunks<M extends Ordered> = readonly (readonly M[])[];

const chunkSize = 50;

/** Puts an older page before what is loaded. Messages that are loaded already keep their newer reading. */
export function withOlder<M extends Ordered>(chunks: Chunks<M>, older: readonly M[]): Chunks<M> {
  const known = new Set(chunks.flat().map((message) => message.id));
  const page = [...older].filter((message) => !known.has(message.id)).sort(byId);
  return page.length === 0 ? chunks : [page, ...chunks];
}

/**
 * Takes in one reading of a message: a new one at its place, a known one only if it is at least as new.
 * One that lies before everything loaded is left to the older pages while `hasOlder`.
 */
export function withMessage<M extends Ordered>(chunks: Chunks<M>, message: M, hasOlder: boolean): Chunks<M> {
  const first = chunks[0]?.[0];
  if (first !== undefined && message.id < first.id && hasOlder) return chunks;
  const at = chunkFor(chunks, message.id);
  const chunk = chunks[at];
  if (chunk === undefined) return [...chunks, [message]];
  const index = chunk.findIndex((held) => held.id >= message.id);
  const held = chunk[index];
  if (held?.id === message.id) return isAtLeastAsNew(message, held) ? chunks.with(at, chunk.with(index, message)) : chunks;
  if (index === -1 && at === chunks.length - 1 && chunk.length >= chunkSize) return [...chunks, [message]];
  return chunks.with(at, index === -1 ? [...chunk, message] : chunk.toSpliced(index, 0, message));
}

/** The last chunk that begins at or before the id; the first one for an id before them all. */
function chunkFor<M extends Ordered>(chunks: Chunks<M>, id: string): number {
  for (let at = chunks.length - 1; at > 0; at -= 1) {
    const first = chunks[at]?.[0];
    if (first !== undefined && first.id <= id) return at;
  }
  return 0;
}

function byId(a: Ordered, b: Ordered): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Whether a message of this id is loaded. */
export function holds<M extends Ordered>(chunks: Chunks<M>, id: string): boolean {
  return chunks[chunkFor(chunks, id)]?.some((message) => message.id === id) ?? false;
}

/** The newest message that passes a test, looking back from the end. */
export function newest<M extends Ordered>(chunks: Chunks<M>, passes: (message: M) => boolean): M | undefined {
  for (let at = chunks.length - 1; at >= 0; at -= 1) {
    const found = chunks[at]?.findLast(passes);
    if (found) return found;
  }
  return undefined;
}

/** The message at which the last `count` that pass a test begin: where the unread part starts. */
export function startOfLast<M extends Ordered>(chunks: Chunks<M>, count: number, passes: (message: M) => boolean): M | undefined {
  if (count <= 0) return undefined;
  return chunks.flat().filter(passes).at(-count);
}
