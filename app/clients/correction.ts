import { CorrectionSchema } from '#database/schema'

/** Somebody says that a value is wrong; the leader decides. */
export default class Correction extends CorrectionSchema {
  declare state: 'open' | 'done' | 'kept'
}

/** What the sealed texts of a correction are bound to. */
export const requestSealContext = (id: string) => `corrections.request:${id}`
export const answerSealContext = (id: string) => `corrections.value:${id}`
