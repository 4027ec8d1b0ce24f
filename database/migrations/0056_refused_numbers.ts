import { BaseSchema } from '@adonisjs/lucid/schema'

/** Phone numbers at which somebody doesn't want to be called, by client; of a number its keyed token alone is kept. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table refused_numbers (
        client_id uuid not null references organizations,
        token text not null,
        created_by uuid not null references users,
        created_at timestamptz not null default now(),
        primary key (client_id, token)
      );
      create index refused_numbers_token on refused_numbers (token);
    `)
  }

  async down() {
    this.schema.raw('drop table refused_numbers')
  }
}
