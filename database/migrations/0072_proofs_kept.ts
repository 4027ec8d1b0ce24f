import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The letters that are looked at before a list goes are kept, sealed, when the list is looked at; lists that were looked at
 * before are looked at anew. When a mailing ended is kept, too.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table mailings drop column longest_row, add column proofs bytea, add column ended_at timestamptz;
      with found as (select id, state from mailings where state in ('checked', 'submitted') for update),
        moved as (
          update mailings g
          set state = 'checking', attempts = 0, rows_done = 0, rows_total = 0, letters = 0
          from found where g.id = found.id
          returning g.id, g.client_id, found.state as was
        ),
        woken as (insert into wakes (subject_type, subject_id, at) select 'mailing', id, now() from moved)
      insert into events (verb, subject_type, subject_id, client_id, detail)
        select 'mailing.checking', 'mailing', id, client_id, jsonb_build_object('from', was, 'to', 'checking') from moved;
    `)
  }

  async down() {
    this.schema.raw(
      'alter table mailings drop column ended_at, drop column proofs, add column longest_row int'
    )
  }
}
