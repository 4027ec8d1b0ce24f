import { BaseSchema } from '@adonisjs/lucid/schema'

const TABLES = ['calls', 'consultations', 'lesson_places']

/** The desk's own records say when they were erased; what is over is found by what isn't, however many have been. */
export default class extends BaseSchema {
  async up() {
    for (const table of TABLES)
      this.schema.raw(`
        alter table ${table} add column erased_at timestamptz;
        update ${table} set erased_at = k.destroyed_at
          from data_keys k where k.id = ${table}.data_key_id and k.destroyed_at is not null;
        create index ${table}_kept_index on ${table} (id) where erased_at is null;
      `)
    this.#forgetImports()
    // Of somebody without a request, too, everything is found and disclosed.
    this.schema.raw('alter table disclosures alter column submission_id drop not null')
    // A back-up whose time is over may lie on a disk that is out of the house.
    this.schema.raw(`
      alter table backups drop constraint backups_reason_check,
        add constraint backups_reason_check check (reason in ('disk', 'missing', 'stopped', 'other', 'out_of_reach'));
    `)
    // What waits is listed without walking through what is done.
    this.schema.raw(
      `create index tasks_waiting on tasks (created_at, id) where state in ('open', 'leased')`
    )
    // The center's own lists, from either end, without sorting the whole table.
    for (const table of ['submissions', 'scans'])
      this.schema.raw(`create index ${table}_created on ${table} (created_at, id)`)
    // What a client sees of the history is found without everybody else's.
    this.schema.raw(
      'create index events_client on events (client_id, sequence) where client_id is not null'
    )
  }

  /** Files of the register that came to nothing had kept their keys for ever. */
  #forgetImports() {
    this.schema.raw(`
      update data_keys set destroy_on = current_date + 30
      where destroy_on is null and destroyed_at is null
        and id in (select data_key_id from register_imports where state in ('refused', 'dropped'));
    `)
  }

  async down() {
    this.schema.raw(
      'drop index events_client; drop index tasks_waiting; drop index submissions_created; drop index scans_created'
    )
    this.schema.raw(`
      delete from disclosures where submission_id is null;
      alter table disclosures alter column submission_id set not null;
    `)
    this.schema.raw(`
      update backups set reason = null where reason = 'out_of_reach';
      alter table backups drop constraint backups_reason_check,
        add constraint backups_reason_check check (reason in ('disk', 'missing', 'stopped', 'other'));
    `)
    for (const table of TABLES)
      this.schema.raw(`
        drop index ${table}_kept_index;
        alter table ${table} drop column erased_at;
      `)
  }
}
