import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table ledger_rows (
        id uuid primary key,
        client_id uuid not null references organizations,
        service_id uuid not null references services,
        number_token text not null,
        data_key_id uuid not null references data_keys,
        "values" bytea not null,
        fingerprint text not null,
        updated_at timestamptz not null default now(),
        unique (service_id, number_token)
      );
      comment on table ledger_rows is 'what a client expects to come in, known by a number: donations, say';

      create table acceptance_checks (
        id uuid primary key,
        client_id uuid not null references organizations,
        submission_id uuid not null references submissions,
        handover_id uuid not null unique references handovers,
        in_ledger boolean,
        differing text[] not null default '{}',
        ledger_values bytea,
        state text not null default 'open' check (state in ('open', 'accepted', 'incomplete', 'superseded')),
        decisions integer not null default 0,
        papers jsonb not null default '{}',
        faults text[] not null default '{}',
        decided_by uuid references users,
        incomplete_on date,
        accepted_on date,
        created_at timestamptz not null default now()
      );
      create index acceptance_checks_list on acceptance_checks (client_id, state, created_at, id);
      create index acceptance_checks_submission on acceptance_checks (submission_id);

      alter table handovers drop constraint handovers_state_check,
        add constraint handovers_state_check check (state in
          ('pending', 'done', 'full', 'already', 'unclear', 'asked', 'declined', 'waiting', 'canceled',
           'checking', 'incomplete', 'late'));
    `)
  }

  async down() {
    this.schema.raw(`
      drop table acceptance_checks;
      drop table ledger_rows;
      alter table handovers drop constraint handovers_state_check,
        add constraint handovers_state_check check (state in
          ('pending', 'done', 'full', 'already', 'unclear', 'asked', 'declined', 'waiting', 'canceled'));
    `)
  }
}
