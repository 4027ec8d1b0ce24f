import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table guide_pictures (
        slug text not null,
        name text not null,
        image bytea not null,
        primary key (slug, name)
      );
      comment on table guide_pictures is
        'examples of writing in a service''s keying guide (PNG), of its versions and its draft; named by what is in them'
    `)
  }

  async down() {
    this.schema.raw(`drop table guide_pictures`)
  }
}
