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

      alter table readings add column reason text;
      alter table pages add column dpi real;
    `)
  }

  async down() {
    this.schema.raw(`
      drop table form_pages;
      drop table service_drafts;
      alter table readings drop column reason;
      alter table pages drop column dpi;
    `)
  }
}
