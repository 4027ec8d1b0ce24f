import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table blank_forms (
        id uuid primary key,
        slug text not null unique references service_drafts on delete cascade,
        client_id uuid not null references organizations,
        file bytea,
        state text not null default 'received' check (state in ('received', 'refused')),
        reason text,
        pages integer,
        pages_done integer not null default 0,
        uploaded_by uuid not null references users,
        attempts integer not null default 0,
        claimed_until timestamptz,
        wake_at timestamptz,
        created_at timestamptz not null default now(),
        check ((state = 'received') = (file is not null))
      );
      create index blank_forms_wake on blank_forms (wake_at) where wake_at is not null;
      comment on table blank_forms is
        'a city''s own form that was handed in for a draft, until the places on it are found, or why it can''t be used'
    `)
  }

  async down() {
    this.schema.raw(`drop table blank_forms`)
  }
}
