import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { ScanSchema } from '#database/schema'
import Service from '#app/catalog/service'

/** One file that came in. */
export default class Scan extends ScanSchema {
  declare state: 'received' | 'decoded' | 'separated' | 'refused'

  @belongsTo(() => Service)
  declare service: BelongsTo<typeof Service>
}
