import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table form_pages (
        service_version_id uuid not null references service_versions on delete cascade,
        number integer not null,
        image bytea not null,
        primary key (service_version_id, number)
      );
      comment on table form_pages is 'what the blank pages of a published form look like: PNG, gray, 200 dpi';

      create table service_drafts (
        slug text primary key,
        client_id uuid not null references organizations,
        files jsonb not null,
        changed_by uuid references users,
        changed_at timestamptz not null default now()
      );
      comment on table service_drafts is 'services that are being defined or changed, not yet published';

      create table postcodes (
        postcode char(7) not null,
        prefecture text not null,
        city text not null,
        town text not null
      );
      create index postcodes_postcode on postcodes (postcode);

      create table reading_results (
        reading_id uuid primary key references readings on delete cascade,
        service_id uuid not null references services,
        submission_id uuid not null,
        page_id uuid not null,
        field_key text not null,
        kind text not null,
        confidence real not null,
        asked_for text,
        is_right boolean not null,
        settled_at timestamptz not null default now()
      );
      create index reading_results_service on reading_results (service_id, settled_at desc);
      comment on table reading_results is 'what the machine read beside what people settled on; no values: what thresholds are learnt from';

      alter table revision_values drop constraint revision_values_basis_check;
      alter table revision_values add constraint revision_values_basis_check
        check (basis in ('agreed', 'read_back', 'adjudicated', 'corrected', 'single', 'machine'));

      alter table readings add column reason text;
      alter table pages add column dpi real;
    `)
  }

  async down() {
    this.schema.raw(`
      drop table form_pages;
      drop table service_drafts;
      drop table reading_results;
      drop table postcodes;
      alter table revision_values drop constraint revision_values_basis_check;
      alter table revision_values add constraint revision_values_basis_check
        check (basis in ('agreed', 'read_back', 'adjudicated', 'corrected', 'single'));
      alter table readings drop column reason;
      alter table pages drop column dpi;
    `)
  }
}
