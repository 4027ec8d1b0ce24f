import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table organizations (
        id uuid primary key,
        kind text not null check (kind in ('center', 'client')),
        slug text not null unique,
        name text not null,
        created_at timestamptz not null default now()
      );
      create unique index organizations_one_center on organizations (kind) where kind = 'center';

      create table users (
        id uuid primary key,
        organization_id uuid not null references organizations,
        login text not null unique,
        password text not null,
        display_name text not null,
        role text not null check (role in ('desk', 'operator', 'leader', 'center_admin', 'client')),
        places text[] not null default '{center}',
        locale text not null default 'ja' check (locale in ('ja', 'en')),
        created_at timestamptz not null default now()
      );

      create table qualifications (
        id uuid primary key,
        user_id uuid not null references users,
        skill text not null,
        valid_until date,
        unique (user_id, skill)
      );

      create table sessions (
        id text primary key,
        data text not null,
        user_id text,
        expires_at timestamptz not null
      );
      create index sessions_user_id on sessions (user_id);
      create index sessions_expires_at on sessions (expires_at);

      create table rate_limits (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      );
    `)
  }

  async down() {
    this.schema.raw(
      'drop table rate_limits, sessions, qualifications, users, organizations cascade'
    )
  }
}
