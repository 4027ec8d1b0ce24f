import { BaseSchema } from '@adonisjs/lucid/schema'

/** Print runs of a client that are handed to the post office together, and how many pieces it counted. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table postings (
        id uuid primary key,
        number bigint generated always as identity unique,
        client_id uuid not null references organizations,
        product text not null,
        state text not null default 'planned' check (state in ('planned', 'posted', 'accepted', 'canceled')),
        mail_service text not null check (mail_service in ('ordinary', 'registered', 'recorded')),
        no_forwarding boolean not null,
        paid_by text not null check (paid_by in ('account', 'cash', 'stamps')),
        office text not null,
        envelope text check (envelope in ('long3', 'square2')),
        duplex boolean not null,
        envelope_grams double precision not null,
        sheet_grams double precision not null,
        enclosed_grams double precision not null,
        lines jsonb,
        accepted integer check (accepted >= 0),
        difference text,
        posted_on date,
        created_by uuid not null references users,
        created_at timestamptz not null default now(),
        constraint postings_lines_kept check (state in ('planned', 'canceled') or lines is not null),
        constraint postings_counted check ((state = 'accepted') = (accepted is not null))
      );
      comment on column postings.envelope is 'null for what has none, such as postcards';
      comment on column postings.envelope_grams is 'of an empty one; a sheet of paper and what else is enclosed are weighed apart';
      comment on column postings.lines is 'pieces by weight with what each costs, as they were when it was posted';
      comment on column postings.accepted is 'pieces that the post office counted; difference says why these are others than ours';
      create index postings_list on postings (client_id, number desc);
      alter table print_runs add column posting_id uuid references postings;
      create index print_runs_posting on print_runs (posting_id) where posting_id is not null;
      create index print_runs_to_post on print_runs (client_id, product, number) where state = 'enclosed' and posting_id is null;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table print_runs drop column posting_id;
      drop table postings;
    `)
  }
}
