import { column } from '@adonisjs/lucid/orm'
import { WorkKindSchema } from '#database/schema'
import type { WorkDefinition } from '#app/batches/kinds/work_definition'

/** A kind of work that a leader has defined. */
export default class WorkKind extends WorkKindSchema {
  @column({ prepare: (definition: WorkDefinition) => JSON.stringify(definition) })
  declare definition: WorkDefinition
}
