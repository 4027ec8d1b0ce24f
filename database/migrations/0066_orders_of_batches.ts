import { BaseSchema } from '@adonisjs/lucid/schema'

/** A work order is broken down into batches as well, and may be of no service at all: lists, transcription, calls. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table work_orders alter column service_id drop not null;
      alter table batches add column work_order_id uuid references work_orders;
      create index batches_work_order on batches (work_order_id, number) where work_order_id is not null;
    `)
  }

  async down() {
    this.schema.raw(`
      drop index batches_work_order;
      alter table batches drop column work_order_id;
      alter table work_orders alter column service_id set not null;
    `)
  }
}
