import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table work_orders (
        id uuid primary key,
        number bigint generated always as identity unique,
        client_id uuid not null references organizations,
        service_id uuid not null references services,
        direction text not null check (direction in ('to_digital', 'to_paper')),
        title text not null,
        due_on date not null,
        home_work_agreed boolean not null default false,
        state text not null default 'open' check (state in ('open', 'closed')),
        opened_by uuid not null references users,
        closed_at timestamptz,
        created_at timestamptz not null default now()
      );
      create index work_orders_list on work_orders (client_id, number desc);

      alter table scans add column work_order_id uuid references work_orders;
      create index scans_work_order on scans (work_order_id) where work_order_id is not null;
      alter table submissions add column work_order_id uuid references work_orders;
      create index submissions_work_order on submissions (work_order_id, state) where work_order_id is not null;

      create table export_layouts (
        id uuid primary key,
        client_id uuid not null references organizations,
        service_id uuid not null references services,
        number integer not null,
        name text not null,
        encoding text not null check (encoding in ('cp932', 'utf8')),
        columns jsonb not null,
        made_by uuid references users,
        created_at timestamptz not null default now(),
        unique (client_id, number)
      );

      create table corrections (
        id uuid primary key,
        client_id uuid not null references organizations,
        submission_id uuid not null references submissions,
        field_key text not null,
        request bytea not null,
        value bytea,
        state text not null default 'open' check (state in ('open', 'done', 'kept')),
        asked_by uuid not null references users,
        decided_by uuid references users,
        created_at timestamptz not null default now(),
        decided_at timestamptz
      );
      create index corrections_submission on corrections (submission_id);
      create unique index corrections_one_open on corrections (submission_id, field_key) where state = 'open';
    `)
  }

  async down() {
    this.schema.raw('drop table corrections, export_layouts, work_orders cascade')
  }
}
