import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table exports (
        id uuid primary key,
        client_id uuid not null references organizations,
        service_id uuid not null references services,
        layout_id uuid references export_layouts,
        work_order_id uuid references work_orders,
        requested_by uuid not null references users,
        locale text not null,
        encoding text not null check (encoding in ('utf8', 'cp932')),
        arrived_from date,
        arrived_to date,
        submission_state text,
        only_new boolean not null default false,
        state text not null default 'asked' check (state in ('asked', 'made', 'failed')),
        rows_total integer not null default 0,
        rows_done integer not null default 0,
        withheld integer not null default 0,
        data_key_id uuid not null references data_keys,
        file text,
        bytes bigint,
        digest text,
        lacking bytea,
        attempts integer not null default 0,
        claimed_until timestamptz,
        created_at timestamptz not null default now(),
        made_at timestamptz,
        fetched_at timestamptz
      );
      create index exports_list on exports (client_id, created_at desc, id);
      comment on table exports is 'values that somebody takes out as a file; it counts as taken when the file is fetched';

      create table export_rows (
        export_id uuid not null references exports on delete cascade,
        submission_id uuid not null references submissions,
        revision integer not null,
        primary key (export_id, submission_id)
      );
      create index export_rows_submission on export_rows (submission_id);
    `)
  }

  async down() {
    this.schema.raw('drop table export_rows; drop table exports')
  }
}
