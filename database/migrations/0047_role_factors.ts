import { BaseSchema } from '@adonisjs/lucid/schema'

/** A role can ask its people for a second factor, whatever it may do. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table roles add column asks_factor boolean not null default false')
  }

  async down() {
    this.schema.raw('alter table roles drop column asks_factor')
  }
}
