/** A map of bounded size that forgets what was not asked for the longest. */
export class Recent<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The value, made and kept when there is none. */
  getOrMake(key: K, make: () => V): V {
    const value = this.#entries.get(key) ?? make();
    // A Map keeps insertion order: put again, the key is the youngest.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#max) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) this.#entries.delete(oldest.value);
    }
    return value;
  }
}
