import { BaseSchema } from '@adonisjs/lucid/schema'

/** Letters that are printed wait in the queue for who encloses them: also those that were printed before. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      insert into tasks (id, client_id, subject_type, subject_id, kind, group_key, round, pass, linkage_id, not_for, site, links, available_at)
      select gen_random_uuid(), client_id, 'print_run', id, 'enclose', '', 1, 1, id, '{}', 'center', 'never', now()
      from print_runs where state = 'printed'
      on conflict do nothing
    `)
  }

  async down() {
    this.schema.raw(`delete from tasks where kind = 'enclose'`)
  }
}
