import { BaseSchema } from '@adonisjs/lucid/schema'

/** Paper has a period of its own; until somebody sets another it goes with its pictures. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table retention_rules add column originals_days integer check (originals_days >= 0);
      update retention_rules set originals_days = pictures_days;
      alter table retention_rules alter column originals_days set not null;
      comment on column retention_rules.originals_days is 'days after the end for which the paper is kept; 0: kept until somebody orders otherwise';
      alter table disposal_items drop constraint disposal_items_extent_check,
        add check (extent in ('originals', 'pictures', 'all'));
    `)
  }

  async down() {
    this.schema.raw(`
      delete from disposal_items where extent = 'originals';
      alter table disposal_items drop constraint disposal_items_extent_check,
        add check (extent in ('pictures', 'all'));
      alter table retention_rules drop column originals_days;
    `)
  }
}
