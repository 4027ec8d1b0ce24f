import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table calendars (
        id uuid primary key,
        client_id uuid not null references organizations,
        slug text not null,
        name jsonb not null,
        rules jsonb not null,
        created_at timestamptz not null default now(),
        unique (client_id, slug)
      );

      create table slots (
        id uuid primary key,
        calendar_id uuid not null references calendars,
        starts_at timestamp not null,
        capacity integer not null check (capacity >= 0),
        taken integer not null default 0,
        closed_at timestamptz,
        unique (calendar_id, starts_at),
        constraint slots_never_overbooked check (taken >= 0 and taken <= capacity)
      );

      create table handovers (
        id uuid primary key,
        revision_id uuid not null references revisions,
        submission_id uuid not null references submissions,
        client_id uuid not null references organizations,
        connector text not null,
        idempotency_key text not null unique,
        state text not null default 'pending' check (state in ('pending', 'done', 'full', 'already', 'unclear', 'asked', 'declined')),
        reference text,
        attempts integer not null default 0,
        wake_at timestamptz,
        created_at timestamptz not null default now(),
        unique (revision_id, connector)
      );
      create index handovers_wake on handovers (wake_at) where wake_at is not null;
      create index handovers_submission on handovers (submission_id);

      create table bookings (
        id uuid primary key,
        slot_id uuid not null references slots,
        service_id uuid not null references services,
        client_id uuid not null references organizations,
        submission_id uuid not null references submissions,
        handover_id uuid not null unique references handovers,
        party uuid not null,
        person text not null,
        dose text not null,
        places integer not null default 1 check (places > 0),
        held_until timestamptz,
        state text not null default 'booked' check (state in ('held', 'booked', 'canceled')),
        created_at timestamptz not null default now()
      );
      create unique index bookings_one_active on bookings (person, service_id, dose) where state <> 'canceled';
      create index bookings_slot on bookings (slot_id);
      create index bookings_submission on bookings (submission_id);
    `)
  }

  async down() {
    this.schema.raw('drop table bookings, handovers, slots, calendars cascade')
  }
}
