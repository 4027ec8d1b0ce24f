import { BaseSchema } from '@adonisjs/lucid/schema'

/** How residents want to be answered: the size of type, and by e-mail; what comes back of it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table reply_wishes (
        id uuid primary key,
        client_id uuid not null references organizations,
        data_key_id uuid not null references data_keys,
        wish bytea not null,
        type_size integer check (type_size in (12, 14, 18, 22)),
        by_mail boolean not null,
        state text not null check (state in ('unconfirmed', 'active', 'failed', 'ended')),
        tries integer not null default 0,
        mail_id uuid references mails on delete set null,
        agreed_on date not null,
        created_by uuid not null references users,
        created_at timestamptz not null default now(),
        constraint reply_wishes_something check (by_mail or type_size is not null)
      );
      comment on column reply_wishes.wish is 'sealed: who it is, the e-mail address, the number that was mailed to confirm it';
      comment on column reply_wishes.tries is 'numbers that were told wrong since one was mailed';
      create index reply_wishes_list on reply_wishes (client_id, created_at desc, id);
      create index reply_wishes_of_all on reply_wishes (created_at desc, id);

      create index reply_wishes_mail on reply_wishes (mail_id) where mail_id is not null;

      create table reply_wish_tokens (
        wish_id uuid not null references reply_wishes on delete cascade,
        kind text not null check (kind in ('number', 'kana_birth')),
        token text not null,
        primary key (wish_id, kind, token)
      );
      create index reply_wish_tokens_token on reply_wish_tokens (token);

      alter table replies
        add column mail_id uuid references mails on delete set null,
        add column wish_id uuid references reply_wishes,
        add column paper_product text,
        add column on_paper boolean not null default false,
        add column mailed_on date,
        drop constraint replies_state_check,
        add constraint replies_state_check check (state in
          ('drafted', 'held', 'ready', 'in_run', 'posted', 'mailed', 'handed', 'canceled', 'stopped'));
      create index replies_mail on replies (mail_id) where mail_id is not null;
      comment on column replies.paper_product is 'what it is made as where it can not go by e-mail';
      comment on column replies.on_paper is 'a mail of it did not arrive: it goes on paper';

      alter table mails
        drop constraint mails_state_check,
        add constraint mails_state_check check (state in ('queued', 'sent', 'kept', 'failed', 'withdrawn', 'returned'));

      create table mail_inboxes (
        id uuid primary key,
        host text not null,
        port integer not null,
        security text not null check (security in ('none', 'starttls', 'tls')),
        username text not null,
        data_key_id uuid not null references data_keys,
        sealed_password bytea not null,
        uid_validity text,
        last_uid bigint not null default 0,
        unread integer not null default 0,
        reason text,
        checked_at timestamptz,
        changed_by uuid references users,
        changed_at timestamptz not null default now()
      );
      create unique index mail_inboxes_only_one on mail_inboxes ((true));
      comment on column mail_inboxes.unread is 'mails there that name none of ours: somebody reads them';
    `)
  }

  async down() {
    this.schema.raw(`
      drop table mail_inboxes;
      update mails set state = 'failed' where state = 'returned';
      alter table mails
        drop constraint mails_state_check,
        add constraint mails_state_check check (state in ('queued', 'sent', 'kept', 'failed', 'withdrawn'));
      update replies set state = 'handed' where state = 'mailed';
      insert into wakes (subject_type, subject_id) select 'reply', id from replies where product = 'mail' and state in ('drafted', 'ready');
      update replies set product = coalesce(paper_product, 'letter'), state = case when state = 'ready' then 'drafted' else state end
        where product = 'mail';
      update mails set state = 'withdrawn', content = null where purpose in ('reply', 'confirmation') and state in ('queued', 'kept', 'failed');
      alter table replies
        drop column mail_id, drop column wish_id, drop column paper_product, drop column on_paper, drop column mailed_on,
        drop constraint replies_state_check,
        add constraint replies_state_check check (state in
          ('drafted', 'held', 'ready', 'in_run', 'posted', 'handed', 'canceled', 'stopped'));
      drop table reply_wish_tokens, reply_wishes;
    `)
  }
}
