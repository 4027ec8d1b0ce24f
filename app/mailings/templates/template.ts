import { column } from '@adonisjs/lucid/orm'
import { LetterTemplateSchema } from '#database/schema'

/** A client's letter to many, in versions. */
export default class Template extends LetterTemplateSchema {
  static override table = 'letter_templates'

  /** heading of the column by the placeholder that it fills, as somebody chose it last */
  @column({ prepare: (matching: object) => JSON.stringify(matching) })
  declare matching: Record<string, string>
}
