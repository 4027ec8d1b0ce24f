import { BaseSchema } from '@adonisjs/lucid/schema'

/** Calendars change under the places that people have: times that their rules know no longer, and who is moved for it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table slots add column left_out boolean not null default false;
      alter table service_drafts add column brings jsonb;
      alter table closures drop constraint closures_reason_check;
      alter table closures add constraint closures_reason_check
        check (reason in ('snow', 'storm', 'staff', 'other', 'rules'));
    `)
  }

  async down() {
    this.schema.raw(
      `alter table slots drop column left_out; alter table service_drafts drop column brings`
    )
  }
}
