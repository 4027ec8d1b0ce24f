import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table register_people (
        id uuid primary key,
        client_id uuid not null references organizations,
        service_id uuid not null references services,
        number_token text not null,
        data_key_id uuid not null references data_keys,
        "values" bytea not null,
        fingerprint text not null,
        state text not null default 'eligible' check (state in ('eligible', 'died', 'moved')),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (service_id, number_token)
      );
      create index register_people_state on register_people (service_id, state);

      create table register_tokens (
        person_id uuid not null references register_people on delete cascade,
        kind text not null check (kind in ('kana', 'family_kana', 'phone', 'last_four', 'birth_date')),
        token text not null,
        primary key (person_id, kind, token)
      );
      create index register_tokens_lookup on register_tokens (kind, token);

      create table register_imports (
        id uuid primary key,
        client_id uuid not null references organizations,
        service_id uuid not null references services,
        mode text not null check (mode in ('full', 'changes')),
        name bytea not null,
        data_key_id uuid not null references data_keys,
        file text not null,
        encoding text,
        rows integer,
        state text not null default 'received' check (state in ('received', 'compared', 'taking', 'taken', 'refused', 'dropped')),
        reason text,
        detail jsonb not null default '{}',
        uploaded_by uuid not null references users,
        taken_by uuid references users,
        wake_at timestamptz,
        created_at timestamptz not null default now()
      );
      create index register_imports_wake on register_imports (wake_at) where wake_at is not null;
      create index register_imports_list on register_imports (client_id, created_at desc, id);

      create table register_changes (
        id uuid primary key,
        import_id uuid not null references register_imports,
        row_number integer,
        kind text not null check (kind in ('added', 'changed', 'died', 'moved', 'missing', 'faulty')),
        person_id uuid references register_people,
        number_token text,
        "values" bytea not null,
        problem text,
        unique (import_id, id)
      );
      create index register_changes_import on register_changes (import_id, kind, row_number);
    `)
  }

  async down() {
    this.schema.raw(
      'drop table register_changes, register_imports, register_tokens, register_people cascade'
    )
  }
}
