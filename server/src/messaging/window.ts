export type { Window } from '../platform/window.ts';

/** Another process was faster with the same rows: nothing of this transaction may stay, and a new one will see theirs. */
export class Outrun extends Error {}

/** Throws `Outrun` unless as many rows were written as were meant. */
export function insistOn(meant: number, written: number, what: string): void {
  if (written !== meant) throw new Outrun(`${meant - written} of ${meant} ${what} were there already.`);
}

/** Some of what this transaction was to do is done: it has to begin anew with the rest. */
export class DoneByOthers<T> extends Error {
  constructor(readonly rest: readonly T[]) {
    super('Another process has done some of it.');
  }
}
