import { BaseSchema } from '@adonisjs/lucid/schema'

/** People to whom a task isn't given, as they are a party to it; entries are found by when they were made. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table tasks add column not_for uuid[] not null default '{}';
      create index entries_made on entries using brin (created_at) with (pages_per_range = 32, autosummarize = on);
    `)
  }

  async down() {
    this.schema.raw('drop index entries_made; alter table tasks drop column not_for')
  }
}
