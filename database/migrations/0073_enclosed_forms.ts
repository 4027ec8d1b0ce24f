import { BaseSchema } from '@adonisjs/lucid/schema'

/** A department's own forms, filled in behind its letters: with the places on them and what is printed there. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table enclosed_forms (
        id uuid primary key,
        client_id uuid not null references organizations,
        template_id uuid not null references letter_templates,
        state text not null default 'received' check (state in ('received', 'refused', 'found', 'kept')),
        file bytea,
        pages jsonb not null default '[]',
        places jsonb not null default '[]',
        reason text,
        pages_total smallint,
        pages_done smallint not null default 0,
        uploaded_by uuid not null references users,
        created_at timestamptz not null default now(),
        claimed_until timestamptz,
        attempts smallint not null default 0
      );
      comment on column enclosed_forms.state is 'found: it can be changed; kept: as versions of its template print it';
      create unique index enclosed_forms_open on enclosed_forms (template_id) where state <> 'kept';
      create index enclosed_forms_template on enclosed_forms (template_id);
      create table enclosed_form_pages (
        form_id uuid not null references enclosed_forms on delete cascade,
        number smallint not null,
        picture bytea not null,
        primary key (form_id, number)
      );
      comment on table enclosed_form_pages is 'how the pages of such a form look when nothing is filled in (PNG, gray)';
    `)
  }

  async down() {
    this.schema.raw('drop table enclosed_form_pages, enclosed_forms')
  }
}
