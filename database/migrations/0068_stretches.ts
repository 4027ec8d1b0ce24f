import { BaseSchema } from '@adonisjs/lucid/schema'

/** Somebody who has ten minutes takes so many tasks of one group, one after the other; then it ends. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table stretches (
        id uuid primary key,
        user_id uuid not null references users,
        site text not null check (site in ('home', 'center')),
        kind text not null,
        group_key text not null,
        service_version_id uuid not null references service_versions,
        promised smallint not null check (promised between 1 and 500),
        seconds_each smallint not null check (seconds_each > 0),
        started_at timestamptz not null default now(),
        ended_at timestamptz,
        ended_reason text check (ended_reason in ('done', 'nothing_left', 'stopped')),
        check ((ended_at is null) = (ended_reason is null))
      );
      comment on column stretches.promised is 'tasks after which it ends';
      comment on column stretches.seconds_each is 'as such a task usually took when it was begun';
      create unique index stretches_one_per_user on stretches (user_id) where ended_at is null;
      create index stretches_started on stretches (started_at);
    `)
  }

  async down() {
    this.schema.dropTable('stretches')
  }
}
