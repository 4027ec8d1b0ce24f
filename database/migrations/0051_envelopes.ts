import { BaseSchema } from '@adonisjs/lucid/schema'

/** What else is in an envelope is asked before its paper may go. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      `create index submissions_envelope on submissions (envelope_id) where envelope_id is not null`
    )
  }

  async down() {
    this.schema.raw('drop index submissions_envelope')
  }
}
