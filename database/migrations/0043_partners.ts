import { BaseSchema } from '@adonisjs/lucid/schema'

/** Partners have people who sign in, and see what was handed to them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table organizations drop constraint organizations_kind_check;
      alter table organizations add check (kind in ('center', 'client', 'partner'));
      alter table users drop constraint users_role_check;
      alter table users add check (role in
        ('desk', 'operator', 'leader', 'center_admin', 'client', 'client_admin', 'partner', 'partner_admin', 'made'));

      alter table partners add column organization_id uuid references organizations unique;

      alter table consultations
        add column handed_to uuid references organizations,
        add column agreed_at timestamptz,
        add column number_token text,
        add check (handed_to is null or agreed_at is not null);
      comment on column consultations.handed_to is 'whose people see it: the organization of the partner, when they agreed';
      create index consultations_handed_to on consultations (handed_to, created_at desc) where handed_to is not null;
      create index consultations_referred on consultations (handed_to) where state = 'open';
      create index consultations_number on consultations (number_token) where number_token is not null;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table consultations drop column handed_to, drop column agreed_at, drop column number_token;
      alter table partners drop column organization_id;
      alter table users drop constraint users_role_check;
      alter table users add check (role in
        ('desk', 'operator', 'leader', 'center_admin', 'client', 'client_admin', 'made'));
      alter table organizations drop constraint organizations_kind_check;
      alter table organizations add check (kind in ('center', 'client'));
    `)
  }
}
