import { BaseSchema } from '@adonisjs/lucid/schema'

/** The history is looked at by person, and by day. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create index events_actor on events (actor_id, sequence) where actor_id is not null;
      create index events_at on events using brin (at) with (pages_per_range = 32);
    `)
  }

  async down() {
    this.schema.raw('drop index events_actor; drop index events_at')
  }
}
