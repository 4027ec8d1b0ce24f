import { BaseSchema } from '@adonisjs/lucid/schema'

/** Mail to staff: the server that it leaves by, and what waits for it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table mail_servers (
        id uuid primary key,
        mode text not null check (mode in ('outbox', 'smtp')),
        host text,
        port integer,
        security text check (security in ('none', 'starttls', 'tls')),
        username text,
        data_key_id uuid references data_keys,
        sealed_password bytea,
        sender text,
        sender_name text,
        alarms_to text[] not null default '{}',
        changed_by uuid references users,
        changed_at timestamptz not null default now(),
        check (mode = 'outbox' or (host is not null and port is not null and security is not null and sender is not null))
      );
      create unique index mail_servers_only_one on mail_servers ((true));
      comment on column mail_servers.mode is 'outbox: nothing leaves, mails are kept to be looked at';

      create table mails (
        id uuid primary key,
        purpose text not null,
        client_id uuid references organizations,
        user_id uuid references users,
        data_key_id uuid references data_keys,
        content bytea,
        state text not null default 'queued' check (state in ('queued', 'sent', 'kept', 'failed', 'withdrawn')),
        reason text,
        attempts integer not null default 0,
        claimed_until timestamptz,
        created_at timestamptz not null default now(),
        ended_at timestamptz
      );
      create index mails_by_age on mails (created_at desc, id desc);
      create index mails_queued on mails (created_at) where state = 'queued';
      comment on column mails.content is 'sealed: to, subject, text; gone once it was sent';

      alter table users add column email text;
      alter table alarms add column told_at timestamptz;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table alarms drop column told_at;
      alter table users drop column email;
      drop table mails;
      drop table mail_servers;
    `)
  }
}
