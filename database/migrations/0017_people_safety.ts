import { BaseSchema } from '@adonisjs/lucid/schema'

const TOKEN_KINDS = `('kana', 'family_kana', 'phone', 'last_four', 'birth_date',
  'number', 'kana_birth', 'reading', 'reading_part', 'name', 'name_part')`

/** What the version before this one doesn't look for. */
const NEW_KINDS = `('kana_birth', 'reading', 'reading_part', 'name', 'name_part')`

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table search_tokens drop constraint search_tokens_kind_check,
        add constraint search_tokens_kind_check check (kind in ${TOKEN_KINDS});
      alter table register_tokens drop constraint register_tokens_kind_check,
        add constraint register_tokens_kind_check check (kind in ${TOKEN_KINDS});

      drop index search_tokens_lookup;
      drop index register_tokens_lookup;
      create index search_tokens_token on search_tokens (token);
      create index register_tokens_token on register_tokens (token);

      alter table submissions
        add column tokens_version smallint not null default 0,
        add column protected boolean not null default false;
      create index submissions_stale_tokens on submissions (id) where tokens_version < 1;
      create index submissions_arrived on submissions (arrived_on, created_at desc, id);
      create index submissions_version on submissions (service_version_id, created_at desc, id);
      create index submissions_receipt_number on submissions ((split_part(receipt, '-', 2)));
      alter table register_people
        add column tokens_version smallint not null default 0,
        add column stop_kind text check (stop_kind in ('protection', 'guardian', 'facility', 'wish')),
        add column stop_until date;
      create index register_people_stale_tokens on register_people (id) where tokens_version < 1;
      create index register_people_stopped on register_people (client_id, id) where stop_kind is not null;
      alter table users add column sees_protected boolean not null default false;

      create table contact_stops (
        id uuid primary key,
        client_id uuid not null references organizations,
        kind text not null check (kind in ('protection', 'deceased', 'guardian', 'facility', 'wish')),
        data_key_id uuid not null references data_keys,
        person bytea not null,
        may_call boolean not null default false,
        until date,
        created_by uuid not null references users,
        created_at timestamptz not null default now(),
        ended_by uuid references users,
        ended_at timestamptz
      );
      create index contact_stops_active on contact_stops (client_id, created_at desc, id) where ended_at is null;

      create table contact_stop_tokens (
        stop_id uuid not null references contact_stops on delete cascade,
        kind text not null check (kind in ${TOKEN_KINDS}),
        token text not null,
        primary key (stop_id, kind, token)
      );
      create index contact_stop_tokens_token on contact_stop_tokens (token);

      create table contact_questions (
        id uuid primary key,
        client_id uuid not null references organizations,
        submission_id uuid not null references submissions,
        kind text not null check (kind in ('same_person', 'may_call')),
        register_person_id uuid references register_people on delete cascade,
        stop_id uuid references contact_stops on delete cascade,
        stop_kind text not null,
        answer text check (answer in ('yes', 'no')),
        answered_by uuid references users,
        answered_at timestamptz,
        created_at timestamptz not null default now(),
        unique nulls not distinct (submission_id, kind, register_person_id, stop_id)
      );
      create index contact_questions_open on contact_questions (client_id, created_at, id) where answer is null;

      create table relatives (
        id uuid primary key,
        client_id uuid not null references organizations,
        data_key_id uuid not null references data_keys,
        person bytea not null,
        may_hear boolean not null,
        may_change boolean not null,
        gets_copies boolean not null,
        consent_on date not null,
        created_by uuid not null references users,
        created_at timestamptz not null default now(),
        withdrawn_on date,
        withdrawn_by uuid references users
      );
      create index relatives_list on relatives (client_id, created_at desc, id);

      create table relative_tokens (
        relative_id uuid not null references relatives on delete cascade,
        kind text not null check (kind in ${TOKEN_KINDS}),
        token text not null,
        primary key (relative_id, kind, token)
      );
      create index relative_tokens_token on relative_tokens (token);

      alter table replies
        add column stopped_for text,
        add column relative_id uuid references relatives,
        drop constraint replies_state_check,
        add constraint replies_state_check check (state in
          ('drafted', 'held', 'ready', 'in_run', 'posted', 'handed', 'canceled', 'stopped'));

      alter table scans add column name_key_id uuid references data_keys;
      alter table print_runs
        add column document_number text,
        add column dated_on date;
      alter table sheets add column document_number text;

      alter table call_backs
        add column together_with uuid references call_backs,
        add column phone_token text;
      create index call_backs_together on call_backs (together_with) where together_with is not null;
      create index call_backs_phone on call_backs (phone_token) where state = 'open' and phone_token is not null;
      alter table calls add column relay text check (relay in ('relay', 'yometel'));
      alter table closures
        add column state text not null default 'done' check (state in ('moving', 'done')),
        add column affected integer not null default 0,
        add column moved integer not null default 0,
        add column without integer not null default 0;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table closures drop column state, drop column affected, drop column moved, drop column without;
      alter table calls drop column relay;
      alter table call_backs drop column together_with, drop column phone_token;
      alter table sheets drop column document_number;
      alter table print_runs drop column document_number, drop column dated_on;
      alter table scans drop column name_key_id;
      update replies set state = 'canceled' where state = 'stopped';
      alter table replies
        drop column stopped_for,
        drop column relative_id,
        drop constraint replies_state_check,
        add constraint replies_state_check check (state in
          ('drafted', 'held', 'ready', 'in_run', 'posted', 'handed', 'canceled'));
      drop table relative_tokens, relatives, contact_questions, contact_stop_tokens, contact_stops;
      alter table users drop column sees_protected;
      alter table register_people drop column tokens_version, drop column stop_kind, drop column stop_until;
      drop index submissions_arrived, submissions_version, submissions_receipt_number;
      alter table submissions drop column tokens_version, drop column protected;
      drop index search_tokens_token, register_tokens_token;
      delete from search_tokens where kind in ${NEW_KINDS};
      delete from register_tokens where kind in ${NEW_KINDS};
      create index search_tokens_lookup on search_tokens (kind, token);
      create index register_tokens_lookup on register_tokens (kind, token);
    `)
  }
}
