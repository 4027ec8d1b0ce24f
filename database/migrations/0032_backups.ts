import { BaseSchema } from '@adonisjs/lucid/schema'

/** Back-ups, and the standstill after one was brought back: nothing leaves before somebody says so. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table backups (
        id uuid primary key,
        state text not null default 'asked' check (state in ('asked', 'running', 'done', 'failed', 'removed')),
        asked_by uuid references users,
        created_at timestamptz not null default now(),
        finished_at timestamptz,
        folder text,
        rows bigint,
        files integer,
        bytes bigint,
        with_keys boolean,
        reason text check (reason in ('disk', 'missing', 'stopped', 'other')),
        verified_at timestamptz
      );
      create index backups_newest on backups (created_at desc);

      create table standstills (
        id uuid primary key,
        backup_at timestamptz not null,
        restored_at timestamptz not null default now(),
        replayed integer not null,
        events_until bigint not null,
        released_at timestamptz,
        released_by uuid references users
      );
      comment on table standstills is 'after a back-up was brought back: what leaves the house waits until it is released';

      comment on column standstills.events_until is 'the last event of the back-up: this server counts its transactions anew, so later ones are in order among themselves';

      alter table data_keys add column journaled_at timestamptz;
      create index data_keys_unjournaled on data_keys (destroyed_at) where destroyed_at is not null and journaled_at is null;
    `)
  }

  async down() {
    this.schema.raw(
      'drop table standstills; drop table backups; alter table data_keys drop column journaled_at'
    )
  }
}
