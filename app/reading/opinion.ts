import type { Doubt } from '#app/reading/read_field'

/** What one engine said. */
export interface Opinion {
  engine: string
  text: string
  /** 0 to 1 */
  confidence: number
}

/** What stands somewhere, with what each engine said of it. */
export interface Opinions {
  text: string
  /** 0 to 1 */
  confidence: number
  opinions: Opinion[]
  doubt?: Doubt
}
