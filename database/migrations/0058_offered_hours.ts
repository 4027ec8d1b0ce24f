import { BaseSchema } from '@adonisjs/lucid/schema'

/** Hours in which people offer to work; offered by themselves, never asked of them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table offered_hours (
        user_id uuid not null references users,
        day date not null,
        from_time time not null,
        until_time time not null,
        site text not null check (site in ('home', 'center')),
        childcare boolean not null default false,
        primary key (user_id, day, from_time),
        check (from_time < until_time)
      );
      create index offered_hours_day on offered_hours (day);
      comment on column offered_hours.childcare is 'a place in the childcare room is wanted with it';
    `)
  }

  async down() {
    this.schema.raw('drop table offered_hours')
  }
}
