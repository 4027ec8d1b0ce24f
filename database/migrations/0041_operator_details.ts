import { BaseSchema } from '@adonisjs/lucid/schema'

/** The rest of the register of operators: whom to call, where to pay, what is lent, for which client somebody may work. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table operator_details (
        user_id uuid primary key references users,
        languages text,
        invoice text check (invoice in ('registered', 'exempt')),
        invoice_number text,
        leaving_reason text,
        moved_on_to text,
        data_key_id uuid not null references data_keys,
        contact bytea,
        account bytea,
        changed_by uuid not null references users,
        changed_at timestamptz not null default now(),
        check ((invoice_number is not null) = (invoice is not distinct from 'registered'))
      );
      comment on column operator_details.contact is 'sealed: who is called in an emergency: name, relation, phone';
      comment on column operator_details.account is 'sealed: where pay goes: codes of bank and branch, kind, number, holder';
      comment on column operator_details.moved_on_to is 'where somebody goes who leaves (セカンドチャレンジ)';

      create table loans (
        id uuid primary key,
        user_id uuid not null references users,
        what text not null,
        number text,
        lent_on date not null,
        returned_on date check (returned_on >= lent_on),
        kept_by uuid not null references users
      );
      create index loans_of on loans (user_id, lent_on);

      create table consents (
        id uuid primary key,
        client_id uuid not null references organizations,
        number text not null,
        given_on date not null,
        until date check (until >= given_on),
        sites text[] not null check (cardinality(sites) > 0),
        kept_by uuid not null references users,
        created_at timestamptz not null default now(),
        ended_at timestamptz,
        unique (client_id, number)
      );
      comment on table consents is 'a client''s written consent that work goes to these people (再委託の承諾)';
      create table consent_people (
        consent_id uuid not null references consents,
        user_id uuid not null references users,
        primary key (consent_id, user_id)
      );
      create index consent_people_of on consent_people (user_id);
    `)
  }

  async down() {
    this.schema.raw(`
      drop table consent_people, consents, loans, operator_details;
    `)
  }
}
