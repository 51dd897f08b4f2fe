/** Sets the clock of this process wrong by so many ms, as if its machine's were. */
export function skewClock(ms: number): void {
  const Right = Date;
  class Wrong extends Right {
    constructor(...given: [] | ConstructorParameters<typeof Date>) {
      if (given.length) super(...given);
      else super(Right.now() + ms);
    }
    static override now(): number {
      return Right.now() + ms;
    }
  }
  globalThis.Date = Wrong as DateConstructor;
}
