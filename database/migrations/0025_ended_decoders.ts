import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table scans
        add column decoders_ended integer not null default 0,
        add column decoder_ended_at timestamptz;
      comment on column scans.decoders_ended is 'how often the machine ended the decoder over this file, the first time when decoder_ended_at says';
    `)
  }

  async down() {
    this.schema.raw('alter table scans drop column decoders_ended, drop column decoder_ended_at')
  }
}
