import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table calls (
        id uuid primary key,
        client_id uuid not null references organizations,
        external_id text unique,
        data_key_id uuid references data_keys,
        number bytea,
        number_token text,
        state text not null check (state in ('ringing', 'answered', 'missed', 'abandoned', 'ended')),
        answered_by uuid references users,
        at timestamptz not null default now()
      );
      create index calls_list on calls (at desc, id);
      create index calls_ringing on calls (at) where state = 'ringing';

      create table visits (
        id uuid primary key,
        client_id uuid not null references organizations,
        service_id uuid not null references services,
        channel text not null check (channel in ('counter', 'phone')),
        party uuid not null unique,
        user_id uuid not null references users,
        call_id uuid references calls,
        asked_by text check (asked_by in ('self', 'family', 'proxy')),
        consent_at timestamptz,
        started_at timestamptz not null default now(),
        ended_at timestamptz,
        check (asked_by is null or asked_by = 'self' or consent_at is not null)
      );
      create index visits_user on visits (user_id, started_at desc);
      create index visits_list on visits (started_at desc, id);

      create table tickets (
        id uuid primary key,
        client_id uuid not null references organizations,
        day date not null,
        number integer not null,
        kind text not null check (kind in ('walk_in', 'appointment')),
        state text not null check (state in ('expected', 'waiting', 'called', 'served', 'left')),
        due_at timestamptz not null default now(),
        called_at timestamptz,
        served_at timestamptz,
        counter integer,
        visit_id uuid unique references visits,
        data_key_id uuid references data_keys,
        name bytea,
        created_at timestamptz not null default now(),
        unique (day, number)
      );
      create index tickets_line on tickets (day, due_at) where state = 'waiting';

      alter table submissions
        add column visit_id uuid references visits,
        add column draft bytea,
        add column consent_at timestamptz;
      create index submissions_visit on submissions (visit_id) where visit_id is not null;

      create table call_backs (
        id uuid primary key,
        client_id uuid not null references organizations,
        reason text not null check (reason in ('missed', 'closure', 'offer')),
        call_id uuid references calls,
        submission_id uuid references submissions,
        booking_id uuid references bookings,
        data_key_id uuid references data_keys,
        phone bytea,
        attempts integer not null default 0,
        state text not null default 'open' check (state in ('open', 'reached', 'declined', 'letter', 'given_up')),
        created_at timestamptz not null default now(),
        unique (reason, call_id),
        unique (reason, booking_id)
      );

      create table call_attempts (
        id uuid primary key,
        call_back_id uuid not null references call_backs,
        number integer not null,
        user_id uuid not null references users,
        outcome text not null check (outcome in ('reached', 'family', 'voicemail', 'no_answer', 'busy', 'wrong_number', 'accepted', 'declined')),
        at timestamptz not null default now(),
        unique (call_back_id, number)
      );

      alter table tasks drop constraint tasks_subject_type_check, drop constraint tasks_kind_check,
        add constraint tasks_subject_type_check check (subject_type in ('page', 'submission', 'reply', 'call_back', 'correction')),
        add constraint tasks_kind_check check (kind in
          ('identify', 'pair', 'key', 'adjudicate', 'call', 'substitute', 'call_back', 'correct'));

      create table partners (
        id uuid primary key,
        client_id uuid not null references organizations,
        name text not null,
        phone text not null,
        does text not null
      );

      create table consultations (
        id uuid primary key,
        client_id uuid not null references organizations,
        user_id uuid not null references users,
        topic text not null check (topic in ('device_choice', 'set_up', 'operation', 'other')),
        minutes integer not null check (minutes between 0 and 600),
        data_key_id uuid not null references data_keys,
        notes bytea not null,
        follow_up_on date,
        partner_id uuid references partners,
        state text not null check (state in ('open', 'done')),
        created_at timestamptz not null default now()
      );
      create index consultations_list on consultations (created_at desc, id);
      create index consultations_open on consultations (follow_up_on) where state = 'open';

      create table articles (
        id uuid primary key,
        client_id uuid not null references organizations,
        title text not null,
        lines jsonb not null,
        updated_by uuid references users,
        updated_at timestamptz not null default now()
      );

      create table lessons (
        id uuid primary key,
        client_id uuid not null references organizations,
        title text not null,
        place text not null,
        starts_at timestamp not null,
        minutes integer not null check (minutes > 0),
        capacity integer not null check (capacity > 0),
        taken integer not null default 0,
        created_at timestamptz not null default now(),
        constraint lessons_never_overbooked check (taken >= 0 and taken <= capacity)
      );
      create index lessons_list on lessons (starts_at, id);

      create table lesson_places (
        id uuid primary key,
        lesson_id uuid not null references lessons,
        data_key_id uuid not null references data_keys,
        person bytea not null,
        person_token text not null,
        state text not null default 'booked' check (state in ('booked', 'canceled', 'attended', 'absent')),
        by_user_id uuid not null references users,
        created_at timestamptz not null default now()
      );
      create unique index lesson_places_once on lesson_places (lesson_id, person_token) where state <> 'canceled';
    `)
  }

  async down() {
    this.schema.raw(
      'drop table lesson_places, lessons, articles, consultations, partners, call_attempts, call_backs, tickets, visits, calls cascade'
    )
  }
}
