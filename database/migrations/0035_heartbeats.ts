import { BaseSchema } from '@adonisjs/lucid/schema'

/** When a kind of process was last known to live. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create unlogged table heartbeats (of text primary key, at timestamptz not null);
      create index pages_pending on pages (created_at) where state = 'pending';
    `)
  }

  async down() {
    this.schema.raw('drop table heartbeats; drop index pages_pending')
  }
}
