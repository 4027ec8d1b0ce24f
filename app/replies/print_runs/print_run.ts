import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { PrintRunSchema } from '#database/schema'
import Sheet from '#app/replies/print_runs/sheet'

/** Replies that are printed, enclosed and posted together. */
export default class PrintRun extends PrintRunSchema {
  declare state: 'planned' | 'typeset' | 'printed' | 'enclosed' | 'posted'

  @hasMany(() => Sheet)
  declare sheets: HasMany<typeof Sheet>
}
