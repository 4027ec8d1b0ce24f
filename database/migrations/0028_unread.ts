import { BaseSchema } from '@adonisjs/lucid/schema'

/** Sealed files say themselves how they are sealed: nobody has read this number. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table scans drop column format_version')
  }

  async down() {
    this.schema.raw('alter table scans add column format_version integer not null default 1')
  }
}
