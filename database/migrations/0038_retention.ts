import { BaseSchema } from '@adonisjs/lucid/schema'

/** How long things are kept, what is held, and what was disposed of, with whose consent. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table submissions add column ended_at timestamptz;
      update submissions s set ended_at = coalesce(
          (select max(e.at) from events e where e.submission_id = s.id and e.verb in ('submission.closed', 'submission.canceled')),
          s.created_at)
        where s.state in ('closed', 'canceled');
      create index submissions_ended on submissions (client_id, ended_at) where ended_at is not null;
      comment on column submissions.ended_at is 'when it was closed or canceled; null while it is open, and once it is erased';

      alter table pages add column erased_at timestamptz;
      update pages p set erased_at = s.erased_at from submissions s where s.id = p.submission_id and s.state = 'erased';

      create table legal_holds (
        id uuid primary key,
        submission_id uuid not null references submissions,
        client_id uuid not null references organizations,
        reason text not null,
        placed_by uuid not null references users,
        placed_at timestamptz not null default now(),
        lifted_by uuid references users,
        lifted_at timestamptz
      );
      create unique index legal_holds_one_open on legal_holds (submission_id) where lifted_at is null;
      comment on table legal_holds is 'while one is open, nothing of the submission is erased';

      create table retention_rules (
        id uuid primary key,
        client_id uuid not null references organizations,
        service_id uuid references services,
        pictures_days integer not null check (pictures_days >= 0),
        values_days integer not null check (values_days >= 0),
        changed_by uuid not null references users,
        changed_at timestamptz not null default now(),
        unique nulls not distinct (client_id, service_id)
      );
      comment on column retention_rules.service_id is 'null: holds for every service of the client that has no rule of its own';
      comment on column retention_rules.values_days is 'days after the end; 0: kept until somebody orders otherwise';

      create table disposals (
        id uuid primary key,
        number bigint generated always as identity unique,
        client_id uuid not null references organizations,
        cause text not null check (cause in ('rule', 'order')),
        ground text,
        state text not null default 'proposed' check (state in ('proposed', 'approved', 'declined', 'carried_out')),
        asked_by uuid references users,
        decided_by uuid references users,
        decided_at timestamptz,
        done_at timestamptz,
        keys integer not null default 0,
        files integer not null default 0,
        paper text check (paper in ('returned', 'destroyed')),
        paper_on date,
        paper_receipt text,
        paper_by uuid references users,
        created_at timestamptz not null default now(),
        claimed_until timestamptz,
        check (cause = 'rule' or (asked_by is not null and ground is not null)),
        check (decided_by is distinct from asked_by or decided_by is null),
        check ((paper is null) = (paper_on is null))
      );
      create index disposals_by_client on disposals (client_id, created_at desc);
      create index disposals_open on disposals (created_at) where state in ('proposed', 'approved');

      create table doomed_files (
        path text primary key,
        at timestamptz not null default now()
      );
      comment on table doomed_files is 'files of what was erased, until they are removed';

      create table disposal_items (
        disposal_id uuid not null references disposals,
        record text not null,
        record_id uuid not null,
        extent text not null check (extent in ('pictures', 'all')),
        outcome text check (outcome in ('erased', 'held', 'open')),
        pages integer not null default 0,
        primary key (disposal_id, record, record_id)
      );
      create index disposal_items_of on disposal_items (record_id);
      comment on column disposal_items.record is 'submission, or a kind of record that a room keeps of residents beside them';
      comment on column disposal_items.outcome is 'held: somebody held it; open: it was opened again after it had been listed';
    `)
  }

  async down() {
    this.schema.raw(`
      drop table disposal_items, doomed_files;
      drop table disposals;
      drop table retention_rules;
      drop table legal_holds;
      alter table pages drop column erased_at;
      alter table submissions drop column ended_at;
    `)
  }
}
