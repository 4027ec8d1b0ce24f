import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type User from '#app/people/user'
import { openVisit } from '#app/desk/visits/start_visit'
import { centerOf } from '#app/people/center'
import Ticket, { ticketSealContext } from '#app/desk/tickets/ticket'
import type Visit from '#app/desk/visits/visit'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { createSealer, openSealers } from '#app/core/sealing'
import { transition } from '#app/core/transition'
import { lockName } from '#app/core/lock'

/** Minutes for which somebody is helped when the day has shown nothing yet. */
const USUAL_MINUTES = 8

/** A ticket for who comes now; numbers begin with 1 each day. */
export async function takeTicket(): Promise<Ticket> {
  const clientId = await centerOf()
  return transition(async (t) => {
    const ticket = await Ticket.create(
      {
        id: newId(),
        clientId,
        day: today(),
        number: await nextNumber(t.trx, today()),
        kind: 'walk_in',
        state: 'waiting',
      },
      { client: t.trx }
    )
    t.announce('tickets')
    return ticket.refresh()
  })
}

/** A time that was promised on the phone. The name is kept sealed, to greet by. */
export async function makeAppointment(
  user: User,
  at: { day: string; time: string },
  name: string
): Promise<Ticket> {
  const clientId = await centerOf()
  return transition(async (t) => {
    const sealer = await createSealer(t.trx, 'ticket')
    const id = newId()
    await t.trx.table('tickets').insert({
      id,
      client_id: clientId,
      day: at.day,
      number: await nextNumber(t.trx, at.day),
      kind: 'appointment',
      state: 'expected',
      due_at: t.trx.raw(`cast(? as timestamp) at time zone 'Asia/Tokyo'`, [`${at.day}T${at.time}`]),
      data_key_id: sealer.dataKeyId,
      name: sealer.sealText(ticketSealContext(id), name),
    })
    t.announce('tickets')
    t.recordOnly({
      verb: 'appointment.made',
      subject: { type: 'ticket', id },
      clientId,
      actorId: user.id,
    })
    return Ticket.query({ client: t.trx }).where('id', id).firstOrFail()
  })
}

/** Marks that somebody who had an appointment has come: their place in the line is that of their time. */
export async function arrive(ticketId: string): Promise<void> {
  await transition(async (t) => {
    await Ticket.arrive(t, ticketId)
    t.announce('tickets')
  })
}

/** Marks that somebody who was called isn't there, or has gone home. */
export async function leave(ticketId: string): Promise<void> {
  await transition(async (t) => {
    await Ticket.leave(t, ticketId)
    t.announce('tickets')
  })
}

/** Calls the next of the line to a counter and begins the visit; null when nobody waits. Two clerks never call one. */
export async function callNext(
  user: User,
  counter: number,
  serviceId: string
): Promise<Visit | null> {
  return transition(async (t) => {
    const next: { id: string } | null = await t.trx
      .from('tickets')
      .where({ day: today(), state: 'waiting' })
      .orderBy('due_at')
      .orderBy('number')
      .forUpdate()
      .skipLocked()
      .select('id')
      .first()
    if (!next) return null
    const visit = await openVisit(t, user, { channel: 'counter', serviceId })
    await Ticket.call(t, next.id, visit.id, { actorId: user.id, counter })
    t.announce('tickets')
    return visit
  })
}

/** Joins a waiting ticket to a visit that was begun for it. */
export async function callTicket(user: User, ticketId: string, visitId: string): Promise<void> {
  await transition(async (t) => {
    await Ticket.call(t, ticketId, visitId, { actorId: user.id })
    t.announce('tickets')
  })
}

export interface LineTicket {
  id: string
  number: number
  kind: Ticket['kind']
  state: Ticket['state']
  counter: number | null
  /** HH:MM, Tokyo: when they came, or the time that was promised */
  due: string
  /** minutes that who waits will still wait, as far as one can tell */
  wait: number
  name: string | null
}

/** Today's line: who is called, who waits and how long still, who is expected. */
export async function todaysLine(): Promise<LineTicket[]> {
  const { rows }: { rows: (Omit<LineTicket, 'wait' | 'name'> & Sealed)[] } = await db.rawQuery(
    `select id, number, kind, state, counter, to_char(due_at at time zone 'Asia/Tokyo', 'HH24:MI') as due, data_key_id, name
     from tickets where day = ? and state in ('called', 'waiting', 'expected') order by due_at, number`,
    [today()]
  )
  const sealers = await openSealers(rows.flatMap((row) => row.data_key_id ?? []))
  const each = await minutesPerTicket()
  let ahead = 0
  return rows.map(({ data_key_id: key, name, ...ticket }) => ({
    ...ticket,
    wait: ticket.state === 'waiting' ? Math.round(ahead++ * each) : 0,
    name: key && name ? sealers.get(key)!.openText(ticketSealContext(ticket.id), name) : null,
  }))
}

interface Sealed {
  data_key_id: string | null
  name: Buffer | null
}

/** Returns the minutes that the line needs for one ticket: how long visits last today, shared by the open counters. */
async function minutesPerTicket(): Promise<number> {
  const { rows } = await db.rawQuery<{ rows: { minutes: number | null; counters: number }[] }>(
    `select avg(extract(epoch from served_at - called_at) / 60)::float as minutes,
       greatest(count(distinct counter) filter (where called_at > now() - interval '1 hour'), 1)::int as counters
     from tickets where day = ? and called_at is not null`,
    [today()]
  )
  return (rows[0].minutes ?? USUAL_MINUTES) / rows[0].counters
}

/** Numbers of a day are given one after the other. */
async function nextNumber(trx: TransactionClientContract, day: string): Promise<number> {
  await lockName(trx, `tickets:${day}`)
  const row = await trx.from('tickets').where('day', day).max('number as number').first()
  return (row?.number ?? 0) + 1
}

/** Counts who waits in the hall now. */
export async function countWaitingTickets(): Promise<number> {
  const [{ count }] = await db
    .from('tickets')
    .where({ day: today(), state: 'waiting' })
    .count('* as count')
  return Number(count)
}
