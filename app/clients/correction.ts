import { CorrectionSchema } from '#database/schema'

/** Somebody says that a value is wrong; the leader decides. */
export default class Correction extends CorrectionSchema {
  declare state: 'open' | 'done' | 'kept'
}

/** What the sealed texts of a correction are bound to. */
export const requestPlace = (id: string) => `corrections.request:${id}`
export const answerPlace = (id: string) => `corrections.value:${id}`
