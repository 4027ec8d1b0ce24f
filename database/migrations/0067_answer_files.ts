import { BaseSchema } from '@adonisjs/lucid/schema'

/** Files that somebody makes as the answer to a piece; those of one that isn't saved yet are of no answer. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table answer_files (
        id uuid primary key,
        piece_id uuid not null references pieces on delete cascade,
        user_id uuid not null references users,
        answer_id uuid references piece_answers,
        data_key_id uuid not null references data_keys,
        name bytea not null,
        file text not null,
        bytes integer not null,
        created_at timestamptz not null default now()
      );
      create index answer_files_piece on answer_files (piece_id, created_at, id);
    `)
  }

  async down() {
    this.schema.raw('drop table answer_files')
  }
}
