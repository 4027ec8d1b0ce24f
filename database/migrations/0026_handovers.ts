import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * A handover's state says where it stands, for every connector alike; why, is the connector's own word. Which products
 * there are, the installation says.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table handovers drop constraint handovers_state_check,
        add column reason text,
        add column claimed_until timestamptz;
      update handovers set reason = state, state = 'refused'
        where state in ('full', 'declined', 'unclear', 'incomplete', 'late');
      update handovers set reason = state, state = 'done' where state = 'already';
      update handovers set reason = 'full' where state = 'asked';
      update handovers set reason = 'check', state = 'asked' where state = 'checking';
      alter table handovers add constraint handovers_state_check check (state in
        ('pending', 'asked', 'waiting', 'done', 'refused', 'failed', 'canceling', 'canceled'));
      alter table replies drop constraint replies_product_check;
      create index handovers_failed on handovers (id) where state = 'failed';
      alter table users add column left_at timestamptz;
      comment on column users.left_at is 'from when on nobody signs in as them';
      comment on column handovers.reason is 'of those that its connector declares; none where all is plain';
    `)
  }

  async down() {
    this.schema.raw(`
      alter table handovers drop constraint handovers_state_check;
      update handovers set state = reason where state = 'refused' or reason = 'already';
      update handovers set state = 'checking' where state = 'asked' and reason = 'check';
      update handovers set state = 'pending' where state = 'failed';
      update handovers set state = 'canceled' where state = 'canceling';
      alter table replies add constraint replies_product_check check (product in ('letter', 'postcard', 'slip'));
      alter table users drop column left_at;
      drop index handovers_failed;
      alter table handovers drop column reason, drop column claimed_until,
        add constraint handovers_state_check check (state in
          ('pending', 'done', 'full', 'already', 'unclear', 'asked', 'declined', 'waiting', 'canceled',
           'checking', 'incomplete', 'late'));
    `)
  }
}
