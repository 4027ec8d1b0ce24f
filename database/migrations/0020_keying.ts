import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table assignments add column final_at timestamptz;
      create index assignments_not_final on assignments (user_id, final_at) where final_at is not null;
      comment on column assignments.final_at is 'what was saved can be taken back until then; until then it counts for nothing'
    `)
  }

  async down() {
    this.schema.raw('alter table assignments drop column final_at')
  }
}
