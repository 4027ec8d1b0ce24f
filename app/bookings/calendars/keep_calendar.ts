import { isDeepStrictEqual } from 'node:util'
import type User from '#app/people/user'
import Calendar, { type CalendarRules } from '#app/bookings/calendar'
import {
  effectsOf,
  goesElsewhere,
  nameOfEffects,
  type CalendarEffects,
  type SlotAhead,
} from '#app/bookings/calendars/calendar_effects'
import { moveFrom } from '#app/bookings/closures'
import { closeSeats } from '#app/bookings/seats/give_back_seats'
import { openSlots } from '#app/bookings/open_slots'
import { capacityOn, isOpen, legCount, placesOn } from '#app/bookings/slot_times'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'

export type NewCalendar = Pick<Calendar, 'clientId' | 'slug' | 'kind' | 'name' | 'rules'>

/** Makes a calendar and opens its times; null where the client has one of that short name. */
export async function makeCalendar(user: User, wanted: NewCalendar): Promise<Calendar | null> {
  return transition((t) => addCalendar(t, wanted, user.id))
}

/** The same within a transaction, as a kit brings it. */
export async function addCalendar(
  t: Transition,
  wanted: NewCalendar,
  actorId: string | null
): Promise<Calendar | null> {
  const { clientId, slug } = wanted
  // Two that make one of the same name stand behind each other.
  await t.trx.from('organizations').where('id', clientId).forUpdate().select('id')
  if (await Calendar.query({ client: t.trx }).where({ clientId, slug }).first()) return null
  const calendar = await Calendar.create({ id: newId(), ...wanted }, { client: t.trx })
  await openSlots(calendar, t.trx)
  recordOf(t, calendar, 'calendar.made', actorId)
  return calendar
}

export type Changed = { ok: true } | { ok: false; effects: CalendarEffects }

/**
 * Gives a calendar another name and other rules, with all that follows for the times ahead: new ones are opened, those
 * that the rules know no longer are taken away, and who has a place there is moved to another time and called. Whom that
 * concerns is to be seen first: nothing is changed where something else would happen than `seen` names.
 */
export async function changeCalendar(
  user: User,
  known: Calendar,
  { name, rules, seen }: Pick<Calendar, 'name' | 'rules'> & { seen: string | null }
): Promise<Changed> {
  return transition(async (t) => {
    const calendar = await Calendar.query({ client: t.trx })
      .where('id', known.id)
      .forUpdate()
      .firstOrFail()
    await t.trx
      .from('slots')
      .where('calendar_id', calendar.id)
      .where('starts_at', '>', today())
      .orderBy('id')
      .forUpdate()
      .select('id')
    const effects = await effectsOf(calendar, rules, t.trx)
    const concerns = effects.moved > 0 || effects.crowded.length > 0
    if (effects.rerouted || (concerns && seen !== nameOfEffects(effects)))
      return { ok: false, effects }
    const before = calendar.rules
    await calendar.merge({ name, rules }).save()
    await takeAway(t, calendar, user, effects)
    await resize(t, calendar, before, effects.kept)
    await openSlots(calendar, t.trx)
    recordOf(t, calendar, 'calendar.changed', user.id, { moved: effects.moved })
    t.announce(`calendars/${calendar.id}`)
    return { ok: true }
  })
}

/** Takes away the times that the rules know no longer; who has a place there is moved by the workers. */
async function takeAway(
  t: Transition,
  calendar: Calendar,
  user: User,
  { emptied, gone }: CalendarEffects
): Promise<void> {
  await removeSlots(
    t,
    emptied.filter(({ used }) => !used)
  )
  const stays = [...gone, ...emptied.filter(({ used }) => used)].map(({ id }) => id)
  await t.trx
    .from('slots')
    .whereIn('id', stays)
    .update({ closed_at: t.trx.raw('now()'), left_out: true })
  await closeSeats(t, stays, user.id)
  // Whoever had a seat for themselves books another; residents are moved and called.
  if (!calendar.isForStaff) await moveFrom(t, calendar, user, gone)
}

/** Gives the times that stay the places that the rules say, but never fewer than are taken. */
async function resize(
  t: Transition,
  calendar: Calendar,
  before: CalendarRules,
  kept: SlotAhead[]
): Promise<void> {
  const { rules } = calendar
  // Nobody has booked a ride: the seats are counted anew along the other way.
  if (goesElsewhere(before, rules))
    return removeSlots(
      t,
      kept.filter(({ used }) => !used)
    )
  const legs = Math.max(legCount(rules), 1)
  for (const [places, slots] of Map.groupBy(kept, ({ day }) => capacityOn(rules, day))) {
    const ids = slots.map(({ id }) => id)
    await t.trx.rawQuery(
      'update slots set capacity = greatest(taken, :places) where id = any(:ids)',
      { ids, places: places * legs }
    )
    await t.trx.rawQuery(
      'update legs set capacity = greatest(taken, :places) where slot_id = any(:ids)',
      { ids, places }
    )
  }
  await endQuotas(t, calendar, before)
}

/** Ends the shares of days that have other places now: what people moved between doors was moved of what there was. */
async function endQuotas(t: Transition, { id, rules }: Calendar, before: CalendarRules) {
  const ahead = () => t.trx.from('quotas').where('calendar_id', id).where('day', '>', today())
  const sharedAlike = isDeepStrictEqual(before.shares, rules.shares)
  const places = (one: CalendarRules, day: string) => (isOpen(one, day) ? placesOn(one, day) : 0)
  const days: { day: string }[] = await ahead().distinct('day')
  await ahead()
    .whereIn(
      'day',
      days
        .map(({ day }) => day)
        .filter((day) => !sharedAlike || places(before, day) !== places(rules, day))
    )
    .delete()
}

async function removeSlots(t: Transition, slots: SlotAhead[]): Promise<void> {
  const ids = slots.map(({ id }) => id)
  await t.trx.from('legs').whereIn('slot_id', ids).delete()
  await t.trx.from('slots').whereIn('id', ids).delete()
}

/** Removes a calendar in which nothing was ever booked, nor waited for; false where something was. */
export async function removeCalendar(user: User, calendar: Calendar): Promise<boolean> {
  return transition(async (t) => {
    await t.trx.from('calendars').where('id', calendar.id).forUpdate().select('id')
    const { rows } = await t.trx.rawQuery<{ rows: { used: boolean }[] }>(
      `select exists (select 1 from slots s where s.calendar_id = ? and
         (exists (select 1 from bookings b where b.slot_id = s.id) or exists (select 1 from seat_bookings p where p.slot_id = s.id))) as used`,
      [calendar.id]
    )
    if (rows[0].used) return false
    const own = { calendar_id: calendar.id }
    await t.trx
      .from('legs')
      .whereIn('slot_id', t.trx.from('slots').where(own).select('id'))
      .delete()
    for (const table of ['slots', 'quotas', 'closures']) await t.trx.from(table).where(own).delete()
    await t.trx.from('calendars').where('id', calendar.id).delete()
    recordOf(t, calendar, 'calendar.removed', user.id)
    return true
  })
}

function recordOf(
  t: Transition,
  { id, clientId, slug }: Calendar,
  verb: string,
  actorId: string | null,
  detail: Record<string, number> = {}
): void {
  t.recordOnly({
    verb,
    subject: { type: 'calendar', id },
    clientId,
    actorId,
    detail: { slug, ...detail },
  })
}
