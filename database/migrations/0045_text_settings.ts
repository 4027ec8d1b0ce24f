import { BaseSchema } from '@adonisjs/lucid/schema'

/** Settings that are words and not numbers: the letterhead, the words said on the phone, days on which the center is closed. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table settings
        alter column value drop not null,
        add column text text,
        add constraint settings_one_kind check (num_nonnulls(value, text) = 1);
    `)
  }

  async down() {
    this.schema.raw(`
      delete from settings where value is null;
      alter table settings drop constraint settings_one_kind, drop column text, alter column value set not null;
    `)
  }
}
