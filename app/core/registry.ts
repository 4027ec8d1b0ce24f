/** The variants of one kind of thing, each of which says all that is particular to it. */
export class Registry<T extends { name: string }> {
  readonly #known = new Map<string, T>()

  /** @param what what is registered here, for messages */
  constructor(readonly what: string) {}

  /** @throws when there is one of that name already */
  register(...variants: T[]): void {
    for (const variant of variants) {
      if (this.#known.has(variant.name))
        throw new Error(`There is a ${this.what} "${variant.name}" already`)
      this.#known.set(variant.name, variant)
    }
  }

  /** @throws when nobody has registered it */
  get(name: string): T {
    const found = this.#known.get(name)
    if (!found) throw new Error(`There is no ${this.what} "${name}"`)
    return found
  }

  has(name: string): boolean {
    return this.#known.has(name)
  }

  /** In the order in which they were registered. */
  all(): T[] {
    return [...this.#known.values()]
  }
}
