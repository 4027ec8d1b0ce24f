import { BaseSchema } from '@adonisjs/lucid/schema'

/** Where somebody works is a site, where a file came from a source: place and door mean other things. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table users rename column places to sites;
      alter table tasks rename column place to site;
      alter table assignments rename column place to site;
      alter table scans rename column door to source;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table users rename column sites to places;
      alter table tasks rename column site to place;
      alter table assignments rename column site to place;
      alter table scans rename column source to door;
    `)
  }
}
