import { BaseSchema } from '@adonisjs/lucid/schema'

/** Where people live to whom a client's work is given; and teams, with a leader, to which batches are given. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table organizations
        add column region_rule text not null default 'anywhere' check (region_rule in ('anywhere', 'only_there', 'not_at_home')),
        add column regions text[] not null default '{}',
        add constraint organizations_regions_named check (region_rule = 'anywhere' or cardinality(regions) > 0);
      comment on column organizations.region_rule is 'who is given work of this client, by the region (regions) they live in: only there, or at home only elsewhere';
      create table teams (
        id uuid primary key,
        name text not null,
        leader_id uuid not null references users,
        closed_at timestamptz,
        created_at timestamptz not null default now()
      );
      create unique index teams_name on teams (name);
      create table team_members (
        team_id uuid not null references teams,
        user_id uuid not null references users,
        primary key (team_id, user_id)
      );
      create index team_members_user on team_members (user_id);
      alter table batches add column team_id uuid references teams;
      comment on column batches.team_id is 'it is offered to these people alone';
      create index batches_team on batches (team_id) where team_id is not null;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table batches drop column team_id;
      drop table team_members;
      drop table teams;
      alter table organizations drop column region_rule, drop column regions;
    `)
  }
}
