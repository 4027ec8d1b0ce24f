import { ExportSchema } from '#database/schema'

/** Values that somebody takes out as a file. */
export default class ValueExport extends ExportSchema {
  static override table = 'exports'

  declare state: 'asked' | 'made' | 'failed'
  declare encoding: 'utf8' | 'cp932'
  declare locale: 'ja' | 'en'
}

/** Rows in which the file's encoding lacks characters. */
export interface Lacking {
  receipt: string
  characters: string[]
}

/** What the list of such rows is bound to. */
export const lackingSealContext = (id: string) => `exports.lacking:${id}`
