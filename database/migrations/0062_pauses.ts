import { BaseSchema } from '@adonisjs/lucid/schema'

/** Services whose work is given to nobody for now; their tasks lie beside the order of claiming. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table paused_services (
        service_id uuid primary key references services,
        paused_by uuid not null references users,
        paused_at timestamptz not null default now()
      );
      alter table tasks add column held boolean not null default false;
      create index tasks_held on tasks (id) where held;
      drop index tasks_claim;
      create index tasks_claim on tasks (kind, site, coalesce(skill, ''), priority desc, due_on, created_at, id)
        where state = 'open' and not held;
      comment on column tasks.held is 'of a service that is paused: given to nobody';
    `)
  }

  async down() {
    this.schema.raw(`
      drop index tasks_claim;
      create index tasks_claim on tasks (kind, site, coalesce(skill, ''), priority desc, due_on, created_at, id)
        where state = 'open';
      drop index tasks_held;
      alter table tasks drop column held;
      drop table paused_services;
    `)
  }
}
