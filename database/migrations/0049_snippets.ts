import { BaseSchema } from '@adonisjs/lucid/schema'

/** The pictures of entry groups, cut once when a page is read; each is sealed with its page's key. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table snippets (
        page_id uuid not null references pages,
        group_key text not null,
        data_key_id uuid not null references data_keys,
        file text not null,
        primary key (page_id, group_key)
      );
    `)
  }

  async down() {
    this.schema.raw('drop table snippets')
  }
}
