import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table alarms (
        fault text primary key,
        since timestamptz not null default now(),
        last_at timestamptz not null default now()
      );
      comment on table alarms is 'what is wrong with the machine, and when it was last seen';

      create table demo_seeding (
        samples boolean not null,
        started_at timestamptz not null default now()
      );
      comment on table demo_seeding is 'has a row while the demo city is being filled in, so that a start that was cut off goes on';

      alter table data_keys add column destroy_on date;
      create index data_keys_destroy_on on data_keys (destroy_on) where destroy_on is not null and destroyed_at is null;
      comment on column data_keys.destroy_on is 'kept until then in case its file was refused wrongly';

      alter table scans
        add column pages_kept integer not null default 0,
        add column bears_numbers boolean not null default false;
      comment on column scans.pages_kept is 'how many pages, from the first on, have been put away';
    `)
  }

  async down() {
    this.schema.raw(`
      alter table scans drop column bears_numbers, drop column pages_kept;
      alter table data_keys drop column destroy_on;
      drop table demo_seeding;
      drop table alarms;
    `)
  }
}
