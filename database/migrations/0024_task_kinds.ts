import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table tasks
        drop constraint tasks_kind_check,
        drop constraint tasks_subject_type_check,
        add column submission_id uuid references submissions;
      update tasks t set submission_id = case t.subject_type
        when 'submission' then t.subject_id
        when 'call_back' then (select submission_id from call_backs where id = t.subject_id)
        when 'correction' then (select submission_id from corrections where id = t.subject_id)
        when 'reply' then (select submission_id from reply_submissions where reply_id = t.subject_id limit 1)
        when 'page' then (select submission_id from pages where id = t.subject_id) end;
      create index tasks_submission on tasks (submission_id) where submission_id is not null;
      comment on column tasks.submission_id is 'whom it is about, where that is known: who is protected is for named staff';
    `)
  }

  async down() {
    this.schema.raw(`
      alter table tasks drop column submission_id,
        add constraint tasks_subject_type_check check (subject_type in ('page', 'submission', 'reply', 'call_back', 'correction')),
        add constraint tasks_kind_check check (kind in
          ('identify', 'pair', 'key', 'adjudicate', 'call', 'substitute', 'call_back', 'correct'))
    `)
  }
}
