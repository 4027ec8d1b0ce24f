import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table data_keys (
        id uuid primary key,
        purpose text not null,
        wrapped text,
        created_at timestamptz not null default now(),
        destroyed_at timestamptz,
        check ((wrapped is null) = (destroyed_at is not null))
      );

      create table services (
        id uuid primary key,
        client_id uuid not null references organizations,
        slug text not null unique,
        home_work_agreed boolean not null default false,
        created_at timestamptz not null default now()
      );

      create table service_versions (
        id uuid primary key,
        service_id uuid not null references services,
        number integer not null,
        description jsonb not null,
        hash text not null,
        published_at timestamptz not null default now(),
        unique (service_id, number)
      );

      create table envelopes (
        id uuid primary key,
        client_id uuid not null references organizations,
        number bigint generated always as identity unique,
        arrived_on date not null,
        box text,
        position integer,
        pieces integer,
        original text not null default 'stored' check (original in ('stored', 'returned', 'destroyed')),
        created_at timestamptz not null default now()
      );

      create table submissions (
        id uuid primary key,
        receipt text not null unique,
        client_id uuid not null references organizations,
        service_version_id uuid not null references service_versions,
        envelope_id uuid references envelopes,
        data_key_id uuid not null references data_keys,
        channel text not null check (channel in ('paper', 'counter', 'phone', 'work_order')),
        party uuid not null,
        person text,
        asked_by text check (asked_by in ('self', 'family', 'proxy')),
        arrived_on date not null,
        state text not null default 'collecting' check (state in
          ('collecting', 'reading', 'keying', 'adjudicating', 'verified', 'handing_over', 'replying', 'closed', 'held', 'canceled', 'erased')),
        round integer not null default 1,
        copy_id text,
        wake_at timestamptz,
        erased_at timestamptz,
        created_at timestamptz not null default now()
      );
      create index submissions_wake on submissions (wake_at) where wake_at is not null;
      create index submissions_list on submissions (client_id, created_at desc, id);
      create index submissions_state on submissions (state, created_at desc);
      create index submissions_copy on submissions (client_id, copy_id) where copy_id is not null;

      create table search_tokens (
        submission_id uuid not null references submissions on delete cascade,
        kind text not null check (kind in ('kana', 'family_kana', 'phone', 'last_four', 'birth_date')),
        token text not null,
        primary key (submission_id, kind, token)
      );
      create index search_tokens_lookup on search_tokens (kind, token);

      create table revisions (
        id uuid primary key,
        submission_id uuid not null references submissions,
        number integer not null,
        cause text not null check (cause in ('verified', 'corrected')),
        by_user_id uuid references users,
        created_at timestamptz not null default now(),
        unique (submission_id, number)
      );

      create table revision_values (
        revision_id uuid not null references revisions,
        field_key text not null,
        value bytea not null,
        basis text not null check (basis in ('agreed', 'read_back', 'adjudicated', 'corrected', 'single')),
        source_type text not null,
        source_id uuid not null,
        primary key (revision_id, field_key)
      );

      create table events (
        sequence bigint generated always as identity primary key,
        verb text not null,
        subject_type text not null,
        subject_id uuid not null,
        client_id uuid references organizations,
        submission_id uuid,
        actor_id uuid references users,
        detail jsonb not null default '{}',
        at timestamptz not null default now()
      );
      create index events_submission on events (submission_id, sequence);
      create index events_subject on events (subject_type, subject_id, sequence);
    `)
  }

  async down() {
    this.schema.raw(
      'drop table events, revision_values, revisions, search_tokens, submissions, envelopes, service_versions, services, data_keys cascade'
    )
  }
}
