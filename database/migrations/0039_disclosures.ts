import { BaseSchema } from '@adonisjs/lucid/schema'

/** What is given to a resident who asks what is kept of them (開示), with two people's consent. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table disclosures (
        id uuid primary key,
        number bigint generated always as identity unique,
        client_id uuid not null references organizations,
        submission_id uuid not null references submissions,
        ground text not null,
        records jsonb not null,
        state text not null default 'proposed' check (state in ('proposed', 'approved', 'declined', 'handed_over')),
        asked_by uuid not null references users,
        decided_by uuid references users,
        decided_at timestamptz,
        handed_on date,
        handed_to text,
        created_at timestamptz not null default now(),
        check (decided_by is distinct from asked_by),
        check ((state = 'handed_over') = (handed_on is not null))
      );
      create index disclosures_by_client on disclosures (client_id, created_at desc);
      comment on column disclosures.submission_id is 'the request from which the resident was found';
      comment on column disclosures.records is 'kinds and ids; what they say is opened when it is taken out';
    `)
  }

  async down() {
    this.schema.raw('drop table disclosures')
  }
}
