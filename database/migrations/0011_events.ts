import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Transactions no longer wait for each other to write their events. Who follows the log reads in the order of
 * (transaction, sequence), and only what is older than every transaction still open: pg_snapshot_xmin(pg_current_snapshot()).
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table events add column transaction xid8 not null default pg_current_xact_id();
      create index events_log on events (transaction, sequence);
    `)
  }

  async down() {
    this.schema.raw('alter table events drop column transaction')
  }
}
