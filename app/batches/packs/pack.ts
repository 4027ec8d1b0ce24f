import { PackSchema } from '#database/schema'
import type { Terms } from '#app/batches/packs/terms'
import { column } from '@adonisjs/lucid/orm'

/** Some pieces of a batch that one person has accepted to do, on written terms. */
export default class Pack extends PackSchema {
  @column({ prepare: (terms: Terms) => JSON.stringify(terms) })
  declare terms: Terms
  declare endedReason: 'done' | 'ended' | 'expired' | 'withdrawn' | null
}
