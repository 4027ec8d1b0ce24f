import type { Doubt } from '#app/reading/read_field'

/** One engine's reading. */
export interface Opinion {
  engine: string
  text: string
  /** 0 to 1 */
  confidence: number
}

/** A reading of one place, with what each engine said of it. */
export interface Opinions {
  text: string
  /** 0 to 1 */
  confidence: number
  opinions: Opinion[]
  doubt?: Doubt
}
