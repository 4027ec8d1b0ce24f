import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table event_days (
        center_id uuid not null references organizations,
        day date not null,
        events integer not null,
        hash bytea not null,
        closed_at timestamptz not null default now(),
        primary key (center_id, day)
      );
      comment on table event_days is 'days of the history that are sealed to their end: how many events, and the last link of their chain. It stays when the day is dropped';

      create table event_seals (
        sequence bigint primary key,
        transaction xid8 not null,
        center_id uuid not null references organizations,
        day date not null,
        position integer not null,
        hash bytea not null,
        sealed_at timestamptz not null default now(),
        unique (center_id, day, position)
      );
      comment on table event_seals is 'a link of the day''s chain for each event, in the order of transaction and sequence: its hash holds the event and the link before it'
    `)
  }

  async down() {
    this.schema.raw('drop table event_seals; drop table event_days')
  }
}
