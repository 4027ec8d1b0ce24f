import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table ledger_imports (
        id uuid primary key,
        client_id uuid not null references organizations,
        service_id uuid not null references services,
        data_key_id uuid not null references data_keys,
        name bytea not null,
        file text,
        encoding text,
        rows_total integer,
        rows_done integer not null default 0,
        added integer not null default 0,
        changed integer not null default 0,
        same integer not null default 0,
        faulty integer not null default 0,
        state text not null default 'received' check (state in ('received', 'taken', 'refused', 'dropped')),
        reason text,
        detail jsonb not null default '{}',
        uploaded_by uuid not null references users,
        attempts integer not null default 0,
        claimed_until timestamptz,
        created_at timestamptz not null default now()
      );
      create index ledger_imports_list on ledger_imports (client_id, created_at desc, id desc);
      create index ledger_imports_service on ledger_imports (service_id, created_at desc, id desc);
      comment on table ledger_imports is 'a file of a ledger; its rows are taken a part at a time';

      alter table register_imports
        add column rows_done integer not null default 0,
        add column attempts integer not null default 0,
        add column claimed_until timestamptz;
      alter table register_changes add column lifts boolean not null default false;
      update register_changes c set lifts = true from register_imports i
        where i.id = c.import_id and i.state = 'taking' and jsonb_exists(i.detail->'lifted', c.id::text);
      comment on column register_changes.lifts is 'by this change nothing is stopped any more';

      create table register_seen (
        import_id uuid not null references register_imports,
        person_id uuid not null references register_people on delete cascade,
        primary key (import_id, person_id)
      );
      comment on table register_seen is 'who stands in a file of everybody, while it is compared';
    `)
  }

  async down() {
    this.schema.raw(`
      drop table register_seen, ledger_imports;
      alter table register_changes drop column lifts;
      alter table register_imports drop column rows_done, drop column attempts, drop column claimed_until;
    `)
  }
}
