import { BaseSchema } from '@adonisjs/lucid/schema'

/** Counts how often a file of a batch was begun: one that its reader falls over goes last. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table pieces add column tries smallint not null default 0;
      comment on column pieces.tries is 'how often a file was begun to be opened: others go first';
    `)
  }

  async down() {
    this.schema.raw('alter table pieces drop column tries')
  }
}
