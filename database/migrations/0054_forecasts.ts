import { BaseSchema } from '@adonisjs/lucid/schema'

/** What was said in the course of a day about what would be left of it, and what was. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table forecasts (
        day date not null,
        hour smallint not null check (hour between 0 and 23),
        predicted integer not null,
        actual integer,
        primary key (day, hour)
      );
      comment on column forecasts.predicted is 'tasks due that day that would be left when the center closes, as it was said in that hour';
    `)
  }

  async down() {
    this.schema.raw('drop table forecasts')
  }
}
