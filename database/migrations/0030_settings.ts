import { BaseSchema } from '@adonisjs/lucid/schema'

/** What an administrator has set otherwise than it comes. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table settings (
        name text primary key,
        value integer not null,
        changed_by uuid not null references users,
        changed_at timestamptz not null default now()
      );
    `)
  }

  async down() {
    this.schema.raw('drop table settings')
  }
}
