import { BaseSchema } from '@adonisjs/lucid/schema'

/** The places that letters to each person of a client's lists were made for last, as keyed tokens: a shifted list is known by them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table written_addresses (
        client_id uuid not null references organizations,
        person_token text not null,
        place_token text,
        mailing_id uuid not null references mailings,
        written_on date not null default current_date,
        primary key (client_id, person_token)
      );
      comment on column written_addresses.place_token is 'null: one list had the name with several addresses';
      create index written_addresses_place on written_addresses (client_id, place_token);
      create index written_addresses_mailing on written_addresses (mailing_id);
      create index written_addresses_old on written_addresses (written_on);
      alter table mailings add column compared_by uuid references users;
      comment on column mailings.compared_by is 'says that the addresses are right, though the list looks shifted beside earlier ones';
    `)
  }

  async down() {
    this.schema.raw('alter table mailings drop column compared_by; drop table written_addresses')
  }
}
