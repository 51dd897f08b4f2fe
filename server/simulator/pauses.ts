/** Pauses that end early, all at once, when the simulator closes. */
export class Pauses {
  readonly #waiting = new Map<NodeJS.Timeout, (whole: boolean) => void>();
  #hasEnded = false;

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** True after the whole time, false when it was cut short. */
  pause(ms: number): Promise<boolean> {
    if (this.#hasEnded || ms <= 0) return Promise.resolve(!this.#hasEnded);
    return new Promise((resume) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(timer);
        resume(true);
      }, ms);
      this.#waiting.set(timer, resume);
    });
  }

  end(): void {
    this.#hasEnded = true;
    for (const [timer, resume] of this.#waiting) {
      clearTimeout(timer);
      resume(false);
    }
    this.#waiting.clear();
  }
}
