import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The letters that are looked at before a list goes are kept, sealed, when the list is looked at; lists that were looked at
 * before are looked at anew. When a mailing ended is kept, too. No place in a list has two letters: where two workers had
 * made one twice, that of which no row knows doesn't go.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      with known as (
          select r.id, r.state, row_number() over (
              partition by r.mailing_id, r.place order by m.reply_id is null, r.id
            ) as number
          from replies r left join mailing_rows m on m.mailing_id = r.mailing_id and m.reply_id = r.id
          where r.mailing_id is not null
        ),
        apart as (
          update replies r
          set place = null, state = case when r.state = 'ready' then 'canceled' else r.state end
          from known where known.id = r.id and known.number > 1
          returning r.id, r.client_id, known.state as was
        )
      insert into events (verb, subject_type, subject_id, client_id, detail)
        select 'reply.canceled', 'reply', id, client_id, jsonb_build_object('from', was, 'to', 'canceled')
        from apart where was = 'ready';
      create unique index if not exists replies_of_place on replies (mailing_id, place) where mailing_id is not null;
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
      'drop index replies_of_place; alter table mailings drop column ended_at, drop column proofs, add column longest_row int'
    )
  }
}
