import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table tasks (
        id uuid primary key,
        client_id uuid not null references organizations,
        subject_type text not null check (subject_type in ('page', 'submission', 'reply')),
        subject_id uuid not null,
        kind text not null check (kind in ('identify', 'pair', 'key', 'adjudicate', 'call', 'substitute')),
        group_key text not null default '',
        round integer not null default 1,
        pass integer not null default 1,
        place text not null default 'any' check (place in ('any', 'center')),
        linkage_id uuid not null,
        links text not null default 'free' check (links in ('never', 'alone', 'free')),
        skill text,
        priority integer not null default 0,
        due_on date,
        available_at timestamptz not null default now(),
        state text not null default 'open' check (state in ('open', 'leased', 'done', 'withdrawn')),
        created_at timestamptz not null default now(),
        done_at timestamptz,
        unique (subject_type, subject_id, kind, group_key, round, pass)
      );
      create index tasks_claim on tasks (kind, place, priority desc, due_on, created_at) where state = 'open';
      create index tasks_subject on tasks (subject_type, subject_id);

      create table assignments (
        id uuid primary key,
        task_id uuid not null references tasks,
        user_id uuid not null references users,
        place text not null check (place in ('center', 'home')),
        fence integer not null,
        started_at timestamptz not null default now(),
        expires_at timestamptz not null,
        ended_at timestamptz,
        ended_reason text check (ended_reason in ('done', 'given_back', 'expired', 'withdrawn')),
        draft bytea,
        check ((ended_at is null) = (ended_reason is null)),
        unique (task_id, fence)
      );
      create unique index assignments_one_open on assignments (task_id) where ended_at is null;
      create unique index assignments_one_per_user on assignments (user_id) where ended_at is null;
      create index assignments_expiry on assignments (expires_at) where ended_at is null;
      create index assignments_user on assignments (user_id, started_at desc);

      create table activity_spans (
        id uuid primary key,
        assignment_id uuid not null references assignments,
        user_id uuid not null references users,
        started_at timestamptz not null,
        ended_at timestamptz not null,
        check (ended_at >= started_at)
      );
      create index activity_spans_user on activity_spans (user_id, started_at);
      create index activity_spans_assignment on activity_spans (assignment_id, ended_at desc);

      create table exposures (
        user_id uuid not null references users,
        linkage_id uuid not null,
        subject_id uuid not null,
        group_key text not null,
        links text not null,
        at timestamptz not null default now(),
        primary key (user_id, linkage_id, subject_id, group_key)
      );

      create table entries (
        id uuid primary key,
        submission_id uuid not null references submissions,
        group_key text not null,
        round integer not null,
        pass integer not null,
        source text not null check (source in ('person', 'machine', 'read_back')),
        user_id uuid references users,
        assignment_id uuid references assignments,
        "values" bytea not null,
        created_at timestamptz not null default now(),
        check ((source = 'person') = (user_id is not null)),
        unique (submission_id, group_key, round, pass),
        unique (submission_id, group_key, round, user_id)
      );

      create table adjudications (
        id uuid primary key,
        submission_id uuid not null references submissions,
        field_key text not null,
        round integer not null,
        chosen_entry_id uuid references entries,
        value bytea not null,
        by_user_id uuid not null references users,
        reason text,
        created_at timestamptz not null default now(),
        unique (submission_id, field_key, round)
      );

      create table adjudication_entries (
        adjudication_id uuid not null references adjudications,
        entry_id uuid not null references entries,
        primary key (adjudication_id, entry_id)
      );
    `)
  }

  async down() {
    this.schema.raw(
      'drop table adjudication_entries, adjudications, entries, exposures, activity_spans, assignments, tasks cascade'
    )
  }
}
