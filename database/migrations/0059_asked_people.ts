import { BaseSchema } from '@adonisjs/lucid/schema'

/** People whom a leader asks for a batch by name: an offer like any other, shown to them first. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table asked_people (
        batch_id uuid not null references batches,
        user_id uuid not null references users,
        asked_by uuid not null references users,
        asked_at timestamptz not null default now(),
        answered_at timestamptz,
        primary key (batch_id, user_id)
      );
      create index asked_people_open on asked_people (user_id) where answered_at is null;
      comment on column asked_people.answered_at is 'they accepted, or said not this time, or the leader took it back';
    `)
  }

  async down() {
    this.schema.raw('drop table asked_people')
  }
}
