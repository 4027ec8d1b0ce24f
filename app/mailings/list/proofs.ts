import type Mailing from '#app/mailings/mailing'
import type { Letter } from '#app/replies/letter'
import { openSealer } from '#app/core/sealing'

/** The letters of a list that are looked at before it goes: of the first postcode, the longest, and any. */
export const PROOFS = ['first', 'longest', 'random'] as const
export type Proof = (typeof PROOFS)[number]

/** The context that the proofs of a mailing are bound to. */
export const proofsSealContext = (mailingId: string) => `mailings.proofs:${mailingId}`

/** Chooses the letters of a list that are looked at, as its rows go by. */
export class ProofChoice {
  readonly chosen: Partial<Record<Proof, Letter>> = {}
  #longest = 0
  #count = 0

  /** @param length characters of its row */
  add(letter: Letter, length: number): void {
    const { first } = this.chosen
    if (!first || letter.to.postcode < first.to.postcode) this.chosen.first = letter
    if (length > this.#longest) {
      this.chosen.longest = letter
      this.#longest = length
    }
    this.#count += 1
    // Each of those that went by is as likely as any other.
    if (Math.random() < 1 / this.#count) this.chosen.random = letter
  }
}

/** Opens a letter of a list that is looked at; null where none goes, or its contents are gone. */
export async function proofLetter(
  { id, dataKeyId, proofs, contentsRemovedAt }: Mailing,
  which: Proof
): Promise<Letter | null> {
  if (!proofs || contentsRemovedAt) return null
  const sealer = await openSealer(dataKeyId)
  return sealer.openJson<ProofChoice['chosen']>(proofsSealContext(id), proofs)[which] ?? null
}
