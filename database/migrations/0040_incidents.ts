import { BaseSchema } from '@adonisjs/lucid/schema'

/** What went wrong with personal data, who is kept out meanwhile, and whose protection was opened for a reason. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table users add column frozen_at timestamptz, add column frozen_by uuid references users;
      comment on column users.frozen_at is 'kept out while something is looked into; null: may sign in';

      create table openings (
        id uuid primary key,
        submission_id uuid not null references submissions,
        client_id uuid not null references organizations,
        user_id uuid not null references users,
        reason text not null,
        opened_at timestamptz not null default now(),
        until timestamptz not null,
        seen_by uuid references users,
        seen_at timestamptz
      );
      create index openings_valid on openings (user_id, submission_id, until);
      create index openings_by_client on openings (client_id, opened_at desc, id desc);
      comment on table openings is 'somebody who is not named for a protected person has opened a request of theirs, with a reason';

      create table incidents (
        id uuid primary key,
        number bigint generated always as identity unique,
        client_id uuid not null references organizations,
        kind text not null check (kind in ('leak', 'loss', 'wrong_enclosure', 'access', 'other')),
        data_key_id uuid not null references data_keys,
        story bytea not null,
        known_at timestamptz not null,
        keys_leaked boolean not null,
        improper boolean not null,
        state text not null default 'open' check (state in ('open', 'closed')),
        opened_by uuid not null references users,
        closed_at timestamptz,
        created_at timestamptz not null default now()
      );
      create index incidents_by_client on incidents (client_id, created_at desc);
      comment on column incidents.story is 'sealed: what happened, what was done about it';

      create table incident_submissions (
        incident_id uuid not null references incidents,
        submission_id uuid not null references submissions,
        primary key (incident_id, submission_id)
      );
      create table incident_people (
        incident_id uuid not null references incidents,
        user_id uuid not null references users,
        primary key (incident_id, user_id)
      );
      create table incident_steps (
        incident_id uuid not null references incidents,
        step text not null check (step in ('client_told', 'first_report', 'full_report', 'residents_told')),
        done_on date not null,
        done_by uuid not null references users,
        primary key (incident_id, step)
      );
    `)
  }

  async down() {
    this.schema.raw(`
      drop table incident_steps, incident_people, incident_submissions, incidents, openings;
      alter table users drop column frozen_by, drop column frozen_at;
    `)
  }
}
