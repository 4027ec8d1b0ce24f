import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table scans (
        id uuid primary key,
        client_id uuid not null references organizations,
        service_id uuid references services,
        envelope_id uuid references envelopes,
        door text not null check (door in ('upload', 'folder', 'counter')),
        uploaded_by uuid references users,
        upload_key text not null,
        name bytea not null,
        media_type text not null,
        size integer not null,
        content_hash text not null,
        data_key_id uuid not null references data_keys,
        file text not null,
        format_version integer not null default 1,
        state text not null default 'received' check (state in ('received', 'decoded', 'separated', 'refused')),
        reason text,
        page_count integer,
        attempts integer not null default 0,
        claimed_until timestamptz,
        arrived_on date not null,
        wake_at timestamptz,
        created_at timestamptz not null default now(),
        unique (client_id, upload_key)
      );
      create index scans_wake on scans (wake_at) where wake_at is not null;
      create index scans_list on scans (client_id, created_at desc, id);
      create index scans_hash on scans (client_id, content_hash);

      create table pages (
        id uuid primary key,
        scan_id uuid not null references scans,
        client_id uuid not null references organizations,
        number integer not null,
        submission_id uuid references submissions,
        service_version_id uuid references service_versions,
        copy_id text,
        form_page integer,
        data_key_id uuid not null references data_keys,
        image text not null,
        registered_image text,
        width integer not null,
        height integer not null,
        homography jsonb,
        residual_mm real,
        state text not null default 'pending' check (state in ('pending', 'read', 'matched', 'identify', 'set_aside')),
        reason text,
        wake_at timestamptz,
        attempts integer not null default 0,
        claimed_until timestamptz,
        read_at timestamptz,
        created_at timestamptz not null default now(),
        unique (scan_id, number)
      );
      create index pages_wake on pages (wake_at) where wake_at is not null;
      create index pages_submission on pages (submission_id);
      create unique index pages_one_side on pages (submission_id, form_page) where submission_id is not null and state = 'matched';

      create table readings (
        id uuid primary key,
        page_id uuid not null references pages,
        run integer not null default 1,
        field_key text not null,
        engine text not null,
        engine_version text not null,
        value bytea not null,
        candidates bytea,
        confidence real not null,
        decision text not null check (decision in ('offer', 'ask')),
        region jsonb not null,
        created_at timestamptz not null default now(),
        unique (page_id, run, field_key)
      );
    `)
  }

  async down() {
    this.schema.raw('drop table readings, pages, scans cascade')
  }
}
