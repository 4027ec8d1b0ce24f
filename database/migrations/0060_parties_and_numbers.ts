import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Tasks lie ready before they are begun. People to whom a task isn't given, as they are a party to it; entries are found by when they were made. Numbers that
 * nobody calls are kept sealed as well, to be found under newer keys; calls that reached nobody are counted. When a
 * client had what was delivered is known.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table tasks add column not_for uuid[] not null default '{}';
      alter table assignments add column ahead boolean not null default false;
      drop index assignments_one_per_user;
      create unique index assignments_one_per_user on assignments (user_id) where ended_at is null and not ahead;
      create index assignments_ahead on assignments (user_id, id) where ended_at is null and ahead;
      comment on column assignments.ahead is 'lies ready on a screen, and isn’t begun';
      create index assignments_started on assignments (started_at, id);
      create index entries_made on entries using brin (created_at) with (pages_per_range = 32, autosummarize = on);
      alter table refused_numbers
        add column id uuid not null default gen_random_uuid() unique,
        add column data_key_id uuid references data_keys,
        add column phone bytea;
      alter table pieces add column calls smallint not null default 0;
      alter table batches add column fetched_at timestamptz;
      update batches b set fetched_at = now() where b.state = 'delivered' and exists (
        select 1 from events e join users u on u.id = e.actor_id join organizations o on o.id = u.organization_id
        where e.subject_type = 'batch' and e.subject_id = b.id and e.verb = 'batch.fetched' and e.at >= b.delivered_at
          and o.kind = 'client');
      comment on column batches.fetched_at is 'when the client first had what was delivered last';
    `)
  }

  async down() {
    this.schema.raw(`
      alter table batches drop column fetched_at;
      alter table pieces drop column calls;
      alter table refused_numbers drop column phone, drop column data_key_id, drop column id;
      drop index entries_made;
      update assignments set ended_at = now(), ended_reason = 'expired' where ended_at is null and ahead;
      drop index assignments_started;
      drop index assignments_ahead;
      drop index assignments_one_per_user;
      create unique index assignments_one_per_user on assignments (user_id) where ended_at is null;
      alter table assignments drop column ahead;
      alter table tasks drop column not_for;
    `)
  }
}
