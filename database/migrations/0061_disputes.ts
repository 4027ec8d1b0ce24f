import { BaseSchema } from '@adonisjs/lucid/schema'

/** Days of work whose figures somebody says are wrong, as they stood when it was said. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table disputes (
        id uuid primary key,
        user_id uuid not null references users,
        day date not null,
        tasks integer not null,
        minutes integer not null,
        state text not null default 'open' check (state in ('open', 'answered', 'withdrawn')),
        answer text,
        answered_by uuid references users,
        created_at timestamptz not null default now(),
        answered_at timestamptz,
        check ((state = 'answered') = (answer is not null))
      );
      create unique index disputes_open on disputes (user_id, day) where state = 'open';
      create index disputes_day on disputes (user_id, day);
      create index disputes_waiting on disputes (created_at) where state = 'open';
      comment on column disputes.minutes is 'of the log, typed-in ones with them';
    `)
  }

  async down() {
    this.schema.raw('drop table disputes')
  }
}
