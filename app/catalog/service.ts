import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { ServiceSchema } from '#database/schema'
import Organization from '#app/people/organization'

/** A service that residents ask for. */
export default class Service extends ServiceSchema {
  @belongsTo(() => Organization, { foreignKey: 'clientId' })
  declare client: BelongsTo<typeof Organization>
}
