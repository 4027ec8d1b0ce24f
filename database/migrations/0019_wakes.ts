import { BaseSchema } from '@adonisjs/lucid/schema'

/** Every table whose rows the flow advances, and the type by which they are woken. */
const WOKEN = {
  scans: 'scan',
  pages: 'page',
  submissions: 'submission',
  handovers: 'handover',
  replies: 'reply',
  print_runs: 'print_run',
  register_imports: 'register_import',
  blank_forms: 'blank_form',
}

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table wakes (
        id bigint generated always as identity primary key,
        subject_type text not null,
        subject_id uuid not null,
        turn integer,
        at timestamptz not null default now()
      );
      create index wakes_subject on wakes (subject_type, subject_id);
      create index wakes_due on wakes (subject_type, at, id);
      comment on table wakes is
        'records that wait for the next step of the flow; inserted by who changed them, so that nobody waits for anybody''s row'
    `)
    for (const [table, type] of Object.entries(WOKEN))
      this.schema.raw(`
        insert into wakes (subject_type, subject_id, at)
          select '${type}', id, wake_at from ${table} where wake_at is not null;
        alter table ${table} drop column wake_at
      `)
  }

  async down() {
    for (const [table, type] of Object.entries(WOKEN))
      this.schema.raw(`
        alter table ${table} add column wake_at timestamptz;
        update ${table} set wake_at = w.at from wakes w where w.subject_type = '${type}' and w.subject_id = ${table}.id;
        create index ${table}_wake on ${table} (wake_at) where wake_at is not null
      `)
    this.schema.raw('drop table wakes')
  }
}
