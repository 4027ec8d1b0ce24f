import { BaseSchema } from '@adonisjs/lucid/schema'

/** Seats of the coworking room and places of the childcare room, booked by those who work here for themselves. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table calendars drop constraint calendars_kind_check;
      alter table calendars add check (kind in ('places', 'rides', 'hours', 'seats'));

      create table seat_bookings (
        id uuid primary key,
        slot_id uuid not null references slots,
        user_id uuid not null references users,
        places integer not null check (places > 0),
        state text not null default 'booked' check (state in ('booked', 'given_back', 'closed')),
        created_at timestamptz not null default now()
      );
      create unique index seat_bookings_one_active on seat_bookings (slot_id, user_id) where state = 'booked';
      create index seat_bookings_user on seat_bookings (user_id, created_at);
      create index seat_bookings_slot on seat_bookings (slot_id);
    `)
  }

  async down() {
    this.schema.raw(`
      drop table seat_bookings;
      alter table calendars drop constraint calendars_kind_check;
      alter table calendars add check (kind in ('places', 'rides', 'hours'));
    `)
  }
}
