import { column } from '@adonisjs/lucid/orm'
import { ArticleSchema } from '#database/schema'

/** A short article, a line each paragraph. */
export default class Article extends ArticleSchema {
  @column({ prepare: (lines: string[]) => JSON.stringify(lines) })
  declare lines: string[]
}
