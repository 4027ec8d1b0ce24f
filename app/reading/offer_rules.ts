/** From which confidence on a kind of field is offered; a kind that isn't here is always asked. */
export type Thresholds = Record<string, number>

/** Decides what of the machine's readings is good enough to stand beside a person's. */
export class OfferRules {
  readonly #thresholds: Thresholds

  constructor(thresholds: Thresholds) {
    this.#thresholds = thresholds
  }

  /** @param confidence 0 to 1 */
  offers(kind: string, value: string, confidence: number): boolean {
    const threshold = this.#thresholds[value === '' ? 'blank' : kind]
    return threshold !== undefined && confidence >= threshold
  }
}
