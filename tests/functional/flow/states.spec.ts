import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Ticket from '#app/desk/tickets/ticket'
import { takeTicket } from '#app/desk/tickets/ticket_line'
import { transition } from '#app/core/transition'
import { WITH_EVENTS, WITHOUT_EVENTS } from '#tests/support/pristine'
import { reset } from '#tests/support/reset'

test.group('States', (group) => {
  group.each.setup(reset)

  test('every record that has one says so in its history, or it is known why not', async ({
    assert,
  }) => {
    const { rows } = await db.rawQuery<{ rows: { table_name: string }[] }>(
      `select table_name from information_schema.columns
       where table_schema = 'public' and column_name = 'state' order by 1`
    )
    assert.sameMembers(
      rows.map((row) => row.table_name),
      [...Object.keys(WITH_EVENTS), ...Object.keys(WITHOUT_EVENTS)]
    )
  })

  test('a state that changes without its event is refused', async ({ assert }) => {
    const ticket = await takeTicket()
    await assert.rejects(
      () => db.from('tickets').where('id', ticket.id).update({ state: 'left' }),
      /no event of ticket says that it went to left/
    )
    await transition((t) => Ticket.leave(t, ticket.id))
    await ticket.refresh()
    assert.equal(ticket.state, 'left')
  })

  test('no state is reached from where it can’t be', async ({ assert }) => {
    const ticket = await takeTicket()
    await transition((t) => Ticket.leave(t, ticket.id))
    await transition((t) => Ticket.arrive(t, ticket.id))
    await ticket.refresh()
    assert.equal(ticket.state, 'left')
  })
})
