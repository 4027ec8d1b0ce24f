import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table form_papers (
        service_version_id uuid primary key references service_versions on delete cascade,
        file bytea not null
      );
      comment on table form_papers is 'forms that a city already had, as they were handed in';

      create table draft_papers (
        slug text primary key references service_drafts on delete cascade,
        file bytea not null
      );
      create table draft_pages (
        slug text not null references draft_papers on delete cascade,
        number integer not null,
        image bytea not null,
        primary key (slug, number)
      );
      comment on table draft_pages is 'what the pages of a draft on a city''s own form look like: PNG, gray, 200 dpi';

      create index service_versions_own_paper on service_versions (service_id, number desc)
        where jsonb_exists(description, 'ownPaper');
    `)
  }

  async down() {
    this.schema.raw(`
      drop index service_versions_own_paper;
      drop table draft_pages;
      drop table draft_papers;
      drop table form_papers;
    `)
  }
}
