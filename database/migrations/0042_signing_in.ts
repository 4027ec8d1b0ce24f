import { BaseSchema } from '@adonisjs/lucid/schema'

/** A machine's certificate as a second factor; the name in the city's directory by which somebody signs in; the size of type on their screens. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table second_factors drop constraint second_factors_kind_check;
      alter table second_factors add check (kind in ('totp', 'passkey', 'certificate'));

      alter table users add column type_size text not null default 'normal' check (type_size in ('normal', 'large'));
      alter table users add column directory_name text unique;
      alter table users add column directory_subject text unique;
      comment on column users.directory_subject is 'How the directory itself tells people apart (sub); learned when somebody first signs in by it';
    `)
  }

  async down() {
    this.schema.raw(`
      alter table users drop column directory_subject, drop column directory_name, drop column type_size;
      alter table second_factors drop constraint second_factors_kind_check;
      alter table second_factors add check (kind in ('totp', 'passkey'));
    `)
  }
}
