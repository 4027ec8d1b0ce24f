import { BaseSchema } from '@adonisjs/lucid/schema'

/** Work that is no task is kept in the same log: desk, phone, training, anything else; what was typed in is approved. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table activity_spans
        alter column assignment_id drop not null,
        add column kind text not null default 'task' check (kind in ('task', 'desk', 'phone', 'training', 'other')),
        add column state text not null default 'counted' check (state in ('counted', 'asked', 'approved', 'declined', 'withdrawn')),
        add column site text check (site in ('center', 'home')),
        add column note text,
        add column decided_by uuid references users,
        add column decided_at timestamptz,
        add constraint activity_spans_task check ((kind = 'task') = (assignment_id is not null)),
        add constraint activity_spans_typed check ((kind = 'task') = (state = 'counted'));
      create index activity_spans_asked on activity_spans (started_at, id) where state = 'asked';
      comment on column activity_spans.site is 'of a task its assignment says it';
    `)
  }

  async down() {
    this.schema.raw(`
      delete from activity_spans where assignment_id is null;
      drop index activity_spans_asked;
      alter table activity_spans drop column kind, drop column state, drop column site, drop column note,
        drop column decided_by, drop column decided_at, alter column assignment_id set not null;
    `)
  }
}
