import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { SheetSchema } from '#database/schema'
import Reply from '#app/replies/reply'

/** One numbered piece of a print run. */
export default class Sheet extends SheetSchema {
  declare state: 'planned' | 'printed' | 'enclosed' | 'posted' | 'returned' | 'pulled'

  @belongsTo(() => Reply)
  declare reply: BelongsTo<typeof Reply>
}
