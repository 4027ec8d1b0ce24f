import { BaseSchema } from '@adonisjs/lucid/schema'

/** Clients whose work goes only to people whom their written consent names: at home, or everywhere. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table organizations add column consent_needed text not null default 'nobody'
        check (consent_needed in ('nobody', 'home', 'everybody'));
      comment on column organizations.consent_needed is 'who is given work of this client only as its consents name them';
    `)
  }

  async down() {
    this.schema.raw(`alter table organizations drop column consent_needed`)
  }
}
