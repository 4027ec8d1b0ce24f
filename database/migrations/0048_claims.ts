import { BaseSchema } from '@adonisjs/lucid/schema'

/** Open tasks lie in the order in which they are claimed, by kind, site and skill: the next one is the first of its part. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      drop index tasks_claim;
      create index tasks_claim on tasks (kind, site, coalesce(skill, ''), priority desc, due_on, created_at, id)
        where state = 'open';
      create index tasks_chosen on tasks (kind, (-priority), created_at, id) where state in ('open', 'leased');
      create index submissions_protected on submissions (id) where protected;
    `)
  }

  async down() {
    this.schema.raw(`
      drop index submissions_protected;
      drop index tasks_chosen;
      drop index tasks_claim;
      create index tasks_claim on tasks (kind, site, priority desc, due_on, created_at) where state = 'open';
    `)
  }
}
