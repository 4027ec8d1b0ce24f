import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table calendars add column kind text not null default 'places' check (kind in ('places', 'rides', 'hours'));

      create table closures (
        calendar_id uuid not null references calendars,
        day date not null,
        reason text not null check (reason in ('snow', 'storm', 'staff', 'other')),
        by_user_id uuid references users,
        created_at timestamptz not null default now(),
        primary key (calendar_id, day)
      );

      create table quotas (
        calendar_id uuid not null references calendars,
        day date not null,
        door text not null check (door in ('web', 'phone', 'counter', 'paper')),
        places integer not null,
        taken integer not null default 0,
        primary key (calendar_id, day, door),
        constraint quotas_never_exceeded check (taken >= 0 and taken <= places)
      );

      create table legs (
        slot_id uuid not null references slots,
        number integer not null,
        capacity integer not null,
        taken integer not null default 0,
        primary key (slot_id, number),
        constraint legs_never_overbooked check (taken >= 0 and taken <= capacity)
      );

      create table stops (
        id uuid primary key,
        client_id uuid not null references organizations,
        number integer not null,
        name text not null,
        kana text not null,
        unique (client_id, number)
      );

      create table coupons (
        id uuid primary key,
        client_id uuid not null references organizations,
        service_id uuid not null references services,
        person text not null,
        code text not null unique,
        yen integer not null,
        booking_id uuid not null references bookings,
        issued_by uuid references users,
        issued_at timestamptz not null default now(),
        constraint coupons_once_per_person unique (service_id, person)
      );

      alter table bookings
        alter column handover_id drop not null,
        drop constraint bookings_handover_id_key,
        add column door text not null default 'paper' check (door in ('web', 'phone', 'counter', 'paper')),
        add column from_leg integer,
        add column to_leg integer,
        add column weight integer generated always as (places * coalesce(to_leg - from_leg, 1)) stored,
        add column replaces_id uuid references bookings,
        add column number_token text,
        add column ended_reason text check (ended_reason in ('canceled', 'expired', 'given_back', 'closure', 'declined')),
        add constraint bookings_come_from_a_handover check (state <> 'booked' or handover_id is not null);
      create unique index bookings_one_per_handover on bookings (handover_id) where state = 'booked';
      create index bookings_held on bookings (held_until) where state = 'held';
      create index bookings_number on bookings (number_token) where number_token is not null;
      create index slots_day on slots (calendar_id, (starts_at::date));

      alter table handovers drop constraint handovers_state_check,
        add constraint handovers_state_check check (state in
          ('pending', 'done', 'full', 'already', 'unclear', 'asked', 'declined', 'waiting', 'canceled'));

      create table waiting_list (
        id uuid primary key,
        client_id uuid not null references organizations,
        calendar_id uuid not null references calendars,
        submission_id uuid not null unique references submissions,
        door text not null check (door in ('web', 'phone', 'counter', 'paper')),
        dose text,
        offered_booking_id uuid references bookings,
        state text not null default 'waiting' check (state in ('waiting', 'offered', 'booked', 'left')),
        created_at timestamptz not null default now()
      );
      create index waiting_list_next on waiting_list (calendar_id, created_at) where state = 'waiting';

      alter table replies
        add column product text not null default 'letter' check (product in ('letter', 'postcard', 'slip')),
        add column occasion text not null default '',
        drop constraint replies_revision_id_kind_key,
        drop constraint replies_state_check,
        add constraint replies_state_check check (state in ('drafted', 'held', 'ready', 'in_run', 'posted', 'handed', 'canceled')),
        add constraint replies_once unique (revision_id, kind, occasion);
    `)
  }

  async down() {
    this.schema.raw('drop table waiting_list, coupons, stops, legs, quotas, closures cascade')
  }
}
