/**
 * A map that holds at most `limit` entries, and forgets those that were not used lately: when as many as half of them are
 * new, or were used since the last time, what was not is forgotten at once. So a lookup is only a lookup.
 */
export class BoundedMap<Key, Value> {
  readonly #half: number;
  #lately = new Map<Key, Value>();
  #before = new Map<Key, Value>();

  /** `limit` is 2 or more. */
  constructor(limit: number) {
    this.#half = Math.floor(limit / 2);
  }

  get isEmpty(): boolean {
    return this.#lately.size === 0 && this.#before.size === 0;
  }

  get(key: Key): Value | undefined {
    const value = this.#lately.get(key);
    if (value !== undefined || this.#before.size === 0) return value;
    const older = this.#before.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: Key, value: Value): void {
    this.#before.delete(key);
    this.#lately.set(key, value);
    if (this.#lately.size < this.#half) return;
    this.#before = this.#lately;
    this.#lately = new Map();
  }

  delete(key: Key): void {
    this.#lately.delete(key);
    this.#before.delete(key);
  }
}
