import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * A year's leases in one table, of which a thousand live. Signs of life change nothing that an index holds, so they stay on
 * their page; and what the planner knows of the few that live is renewed as they come and go, not with a tenth of the year.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      drop index assignments_expiry;
      alter table assignments set (
        fillfactor = 80,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000,
        autovacuum_vacuum_scale_factor = 0.02);
      alter table tasks set (
        autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02);
    `)
  }

  async down() {
    this.schema.raw(`
      alter table tasks reset (autovacuum_analyze_scale_factor, autovacuum_vacuum_scale_factor);
      alter table assignments reset (
        fillfactor, autovacuum_analyze_scale_factor, autovacuum_analyze_threshold, autovacuum_vacuum_scale_factor);
      create index assignments_expiry on assignments (expires_at) where ended_at is null;
    `)
  }
}
