import { BaseSchema } from '@adonisjs/lucid/schema'

/** Groups of requests that were handed over already, keyed once more by somebody who hasn't seen them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table rechecks (
        id uuid primary key,
        client_id uuid not null references organizations,
        service_id uuid not null references services,
        submission_id uuid not null references submissions,
        group_key text not null,
        week date not null,
        user_id uuid references users,
        created_at timestamptz not null default now(),
        keyed_at timestamptz,
        dropped_at timestamptz,
        unique (submission_id, group_key)
      );
      create index rechecks_week on rechecks (service_id, week);
      create index rechecks_user on rechecks (user_id, keyed_at) where keyed_at is not null;
      create index rechecks_open on rechecks (created_at) where keyed_at is null and dropped_at is null;
      comment on column rechecks.week is 'the Monday of its week';
      create table recheck_fields (
        recheck_id uuid not null references rechecks on delete cascade,
        field_key text not null,
        kind text not null,
        basis text not null,
        differs boolean not null,
        correction_id uuid references corrections,
        primary key (recheck_id, field_key)
      );
      create index recheck_fields_correction on recheck_fields (correction_id) where correction_id is not null;
      comment on column recheck_fields.basis is 'why the value stood that it was compared with';
      comment on column recheck_fields.correction_id is 'by which somebody decides which of both is right';
    `)
  }

  async down() {
    this.schema.raw('drop table recheck_fields; drop table rechecks')
  }
}
