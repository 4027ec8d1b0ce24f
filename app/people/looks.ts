/** Screens that follow the server load themselves again and again: within so long (ms) that is one look. */
const ONE_LOOK_MS = 60_000
const MAX_REMEMBERED = 10_000

/** The looks that this process has kept lately. */
class Looks {
  readonly #at = new Map<string, number>()

  isNew(look: string): boolean {
    const now = performance.now()
    if (now - (this.#at.get(look) ?? -Infinity) < ONE_LOOK_MS) return false
    if (this.#at.size >= MAX_REMEMBERED) this.#at.clear()
    this.#at.set(look, now)
    return true
  }

  forget(): void {
    this.#at.clear()
  }
}

export const looks = new Looks()
