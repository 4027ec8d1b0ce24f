import { BaseSchema } from '@adonisjs/lucid/schema'

/** People are added, invited, changed and let go on screens; roles can be made. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table roles (
        id uuid primary key,
        organization_id uuid not null references organizations,
        name text not null,
        permissions text[] not null,
        changed_by uuid references users,
        changed_at timestamptz not null default now(),
        unique (organization_id, name)
      );
      comment on column roles.organization_id is 'whose people may have it';

      alter table users drop constraint users_role_check;
      alter table users
        add column role_id uuid references roles,
        add column permissions text[],
        add column password_until timestamptz,
        add column session_round integer not null default 0,
        add column invited_at timestamptz,
        add constraint users_role_check check (
          role in ('desk', 'operator', 'leader', 'center_admin', 'client', 'client_admin', 'made')),
        add constraint users_made_role_check check (
          (role = 'made') = (role_id is not null) and (role = 'made') = (permissions is not null));
      comment on column users.permissions is 'those of a made role, as long as they have it';
      comment on column users.password_until is 'a password for one time: good until then, and only to set another';
      update users set invited_at = created_at;
      comment on column users.invited_at is 'when they got a password last; null: they have none that anybody knows';
      comment on column users.session_round is 'sessions of earlier rounds have ended';
      create index users_organization_id on users (organization_id, login);
    `)
  }

  async down() {
    this.schema.raw(`
      drop index users_organization_id;
      update users set role = 'client' where role = 'client_admin';
      update users set role = 'operator' where role = 'made';
      alter table users drop constraint users_made_role_check, drop constraint users_role_check;
      alter table users drop column role_id, drop column permissions, drop column password_until, drop column session_round, drop column invited_at;
      alter table users add constraint users_role_check
        check (role in ('desk', 'operator', 'leader', 'center_admin', 'client'));
      drop table roles;
    `)
  }
}
