import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import { ScanSchema } from '#database/schema'
import Page from '#app/intake/page'
import Service from '#app/catalog/service'

/** One file that came in. */
export default class Scan extends ScanSchema {
  declare state: 'received' | 'decoded' | 'separated' | 'refused'

  @hasMany(() => Page)
  declare pages: HasMany<typeof Page>

  @belongsTo(() => Service)
  declare service: BelongsTo<typeof Service>
}
