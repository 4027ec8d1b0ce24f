import { BaseSchema } from '@adonisjs/lucid/schema'

/** Letters to the people of a client's list: their templates, the lists with what became of each row, and their replies. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table letter_templates (
        id uuid primary key,
        client_id uuid not null references organizations,
        name text not null,
        newest int not null default 0,
        matching jsonb not null default '{}',
        closed_at timestamptz,
        created_at timestamptz not null default now(),
        unique (client_id, name)
      );
      comment on column letter_templates.matching is 'the heading of the column that fills each placeholder, as somebody chose it last';
      create table letter_template_versions (
        template_id uuid not null references letter_templates,
        number int not null,
        template jsonb not null,
        made_by uuid not null references users,
        made_at timestamptz not null default now(),
        primary key (template_id, number)
      );
      create table mailings (
        id uuid primary key,
        number int generated always as identity unique,
        client_id uuid not null references organizations,
        work_order_id uuid not null references work_orders,
        template_id uuid not null references letter_templates,
        template_version int not null,
        product text not null,
        type_size smallint not null check (type_size in (12, 14, 18, 22)),
        state text not null check (state in ('preparing', 'checking', 'checked', 'submitted', 'composing', 'composed', 'canceled')),
        data_key_id uuid not null references data_keys,
        file text,
        headings jsonb,
        matching jsonb not null default '{}',
        rows_total int not null default 0,
        rows_done int not null default 0,
        longest_row int,
        letters int not null default 0,
        reason text,
        detail jsonb,
        document_number text,
        approval_number text,
        note bytea,
        opened_by uuid not null references users,
        submitted_by uuid references users,
        submitted_at timestamptz,
        approved_by uuid references users,
        approved_at timestamptz,
        contents_removed_at timestamptz,
        created_at timestamptz not null default now(),
        claimed_until timestamptz,
        attempts smallint not null default 0,
        foreign key (template_id, template_version) references letter_template_versions (template_id, number)
      );
      comment on column mailings.matching is 'the heading of the column that fills each placeholder of this list, whatever is chosen for a later one';
      comment on column mailings.letters is 'rows of which there will be letters, or are';
      comment on column mailings.approval_number is 'of the decision (決裁番号) by which the proof was approved';
      create index mailings_order on mailings (work_order_id);
      create table mailing_rows (
        mailing_id uuid not null references mailings,
        row int not null,
        place int,
        state text not null check (state in ('going', 'held', 'composed')),
        reasons jsonb not null default '[]',
        reply_id uuid references replies,
        primary key (mailing_id, row)
      );
      comment on column mailing_rows.place is 'its place in the order of postcodes, from 1';
      create index mailing_rows_held on mailing_rows (mailing_id, row) where state = 'held';
      create index mailing_rows_place on mailing_rows (mailing_id, place) where place is not null;
      alter table replies
        alter column revision_id drop not null,
        add column mailing_id uuid references mailings,
        add column place int,
        add constraint replies_of check ((revision_id is null) = (mailing_id is not null));
      create index replies_mailing on replies (mailing_id, state, place) where mailing_id is not null;
      alter table sheets add column returned_on date;
      create index sheets_returned on sheets (returned_on, id) where returned_on is not null;
      alter table call_backs
        drop constraint call_backs_reason_check,
        add constraint call_backs_reason_check check (reason in ('missed', 'closure', 'offer', 'returned'));
      create index call_backs_returned on call_backs (submission_id) where reason = 'returned' and state = 'open';
      alter table print_runs add column mailing_id uuid references mailings;
      create index print_runs_mailing on print_runs (mailing_id) where mailing_id is not null;
    `)
  }

  async down() {
    this.schema.raw(`
      delete from sheets where reply_id in (select id from replies where mailing_id is not null);
      delete from call_attempts where call_back_id in (select id from call_backs where reason = 'returned');
      delete from call_backs where reason = 'returned';
      alter table call_backs
        drop constraint call_backs_reason_check,
        add constraint call_backs_reason_check check (reason in ('missed', 'closure', 'offer'));
      drop index call_backs_returned;
      alter table sheets drop column returned_on;
      alter table print_runs drop column mailing_id;
      drop table mailing_rows;
      delete from replies where mailing_id is not null;
      alter table replies drop column mailing_id, drop column place, alter column revision_id set not null;
      drop table mailings, letter_template_versions, letter_templates;
    `)
  }
}
