import { BaseSchema } from '@adonisjs/lucid/schema'

/** A leader says which service's work goes first, and by whom its groups are keyed meanwhile, without a new version. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table service_plans (
        id uuid primary key references services,
        number integer not null default 1,
        priority smallint not null default 0 check (priority between -1 and 1),
        keying jsonb not null default '{}',
        before jsonb,
        changed_by uuid not null references users,
        changed_at timestamptz not null default now()
      );
      comment on table service_plans is 'of the service of this id';
      comment on column service_plans.keying is 'by group: one, machine or two; as published where nothing is said';
      comment on column service_plans.before is 'priority and keying before the last change';
      alter table tasks add column raised smallint not null default 0;
      comment on column tasks.raised is 'the part of its priority that its service''s plan adds';
      create index tasks_raised on tasks (id) where raised <> 0 and state in ('open', 'leased');
      alter table submissions add column keying jsonb, add column plan_number integer not null default 0;
      comment on column submissions.keying is 'by group, where a plan said otherwise than its version';
      comment on column submissions.plan_number is 'the last plan of its service that it follows';
    `)
  }

  async down() {
    this.schema.raw(`
      alter table submissions drop column keying, drop column plan_number;
      alter table tasks drop column raised;
      drop table service_plans;
    `)
  }
}
