import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table replies (
        id uuid primary key,
        client_id uuid not null references organizations,
        revision_id uuid not null references revisions,
        kind text not null,
        template_version integer not null,
        data_key_id uuid not null references data_keys,
        inputs bytea,
        file text,
        pages integer,
        missing_glyphs bytea,
        state text not null default 'drafted' check (state in ('drafted', 'held', 'ready', 'in_run', 'posted', 'canceled')),
        wake_at timestamptz,
        created_at timestamptz not null default now(),
        unique (revision_id, kind)
      );
      create index replies_wake on replies (wake_at) where wake_at is not null;
      create index replies_state on replies (client_id, state);

      create table reply_submissions (
        reply_id uuid not null references replies,
        submission_id uuid not null references submissions,
        primary key (reply_id, submission_id)
      );
      create index reply_submissions_submission on reply_submissions (submission_id);

      create table print_runs (
        id uuid primary key,
        number bigint generated always as identity unique,
        client_id uuid not null references organizations,
        product text not null default 'letter',
        request_key text not null unique,
        planned integer not null,
        data_key_id uuid not null references data_keys,
        file text,
        state text not null default 'planned' check (state in ('planned', 'typeset', 'printed', 'enclosed', 'posted')),
        created_by uuid not null references users,
        posted_on date,
        wake_at timestamptz,
        created_at timestamptz not null default now()
      );
      create index print_runs_wake on print_runs (wake_at) where wake_at is not null;
      create index print_runs_list on print_runs (client_id, number desc);

      create table sheets (
        id uuid primary key,
        print_run_id uuid not null references print_runs,
        reply_id uuid not null references replies,
        number integer not null,
        code text not null unique,
        pages integer not null,
        state text not null default 'planned' check (state in ('planned', 'printed', 'enclosed', 'posted', 'returned', 'pulled')),
        reason text,
        unique (print_run_id, number)
      );
      create unique index sheets_one_live on sheets (reply_id) where state not in ('pulled', 'returned');
    `)
  }

  async down() {
    this.schema.raw('drop table sheets, print_runs, reply_submissions, replies cascade')
  }
}
