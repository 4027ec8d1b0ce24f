import { BaseSchema } from '@adonisjs/lucid/schema'

/** The register of operators 従事者名簿: on what terms somebody works for the center, and what they have signed. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table engagements (
        user_id uuid primary key references users,
        kind text not null check (kind in ('entrusted', 'contracted', 'employed')),
        starts_on date not null,
        ends_on date,
        nda_until date,
        trained_on date,
        region text,
        needs_childcare boolean not null default false,
        changed_by uuid references users,
        changed_at timestamptz not null default now(),
        check (ends_on is null or ends_on >= starts_on)
      );
      comment on column engagements.kind is 'entrusted: 準委任; contracted: 業務委託; employed: 雇用';
    `)
  }

  async down() {
    this.schema.raw('drop table engagements')
  }
}
