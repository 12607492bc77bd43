/** Things handed on from one who makes them to several who take them: a few wait, and then whoever makes them does. */
export class BoundedQueue<T> {
  readonly #most: number
  readonly #waiting: T[] = []
  #closed = false
  #wake: (() => void)[] = []

  constructor(most: number) {
    this.#most = most
  }

  async put(value: T): Promise<void> {
    while (this.#waiting.length >= this.#most && !this.#closed) await this.#change()
    if (this.#closed) return
    this.#waiting.push(value)
    this.#changed()
  }

  /** The next; undefined when there will be none. */
  async take(): Promise<T | undefined> {
    while (this.#waiting.length === 0 && !this.#closed) await this.#change()
    const value = this.#waiting.shift()
    this.#changed()
    return value
  }

  /** What waits is still taken; nothing more is put. */
  close(): void {
    this.#closed = true
    this.#changed()
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve))
  }
  #changed(): void {
    const woken = this.#wake
    this.#wake = []
    for (const wake of woken) wake()
  }
}
