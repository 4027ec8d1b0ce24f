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
      create index consultations_handed_on on consultations (partner_id, created_at desc) where partner_id is not null;
    `)
  }

  async down() {
    this.schema.raw(`
      drop index consultations_handed_on;
      alter table partners drop column organization_id;
      alter table users drop constraint users_role_check;
      alter table users add check (role in
        ('desk', 'operator', 'leader', 'center_admin', 'client', 'client_admin', 'made'));
      alter table organizations drop constraint organizations_kind_check;
      alter table organizations add check (kind in ('center', 'client'));
    `)
  }
}
