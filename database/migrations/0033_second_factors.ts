import { BaseSchema } from '@adonisjs/lucid/schema'

/** What proves somebody beside their password; recovery codes; the PIN of their screen's lock. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table second_factors (
        id uuid primary key,
        user_id uuid not null references users,
        kind text not null check (kind in ('totp', 'passkey')),
        name text not null,
        data_key_id uuid not null references data_keys,
        secret bytea not null,
        credential_id text unique,
        counter bigint not null default 0,
        demo boolean not null default false,
        confirmed_at timestamptz,
        used_at timestamptz,
        created_at timestamptz not null default now()
      );
      create index second_factors_user on second_factors (user_id);
      comment on column second_factors.counter is 'TOTP: the last step of 30 s that was used; passkey: its signature counter. Never goes back';

      create table recovery_codes (
        id uuid primary key,
        user_id uuid not null references users,
        hash text not null,
        used_at timestamptz,
        unique (user_id, hash)
      );

      alter table users add column pin text;
    `)
  }

  async down() {
    this.schema.raw(
      'drop table recovery_codes; drop table second_factors; alter table users drop column pin'
    )
  }
}
