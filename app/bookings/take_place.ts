import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Door } from '#app/bookings/calendar'
import { newId } from '#app/core/ids'

export interface PlaceRequest {
  slotId: string
  serviceId: string
  clientId: string
  submissionId: string
  /** the people of one visit */
  party: string
  /** who, as a token */
  person: string
  dose: string
  door: Door
  places: number
  /** rides: from which leg to before which */
  legs: { from: number; to: number } | null
  /** rides: the booking number, as a token */
  numberToken: string | null
  /** the booking that this one stands in for */
  replacesId?: string
}

/** Booked for a handover, or held for some minutes while somebody makes up their mind. */
export type Hold =
  { state: 'booked'; handoverId: string } | { state: 'held'; minutes: number; handoverId?: string }

export type PlaceRefusal = 'full' | 'door_full' | 'already' | 'closed'
export type Taken =
  { ok: true; bookingId: string; calendarId: string } | { ok: false; reason: PlaceRefusal }

interface Outcome {
  slot: number
  quota: number
  legs: number[] | null
  booking: number
  closed: boolean | null
  full: boolean | null
  shared: boolean
  calendar: string | null
}

/**
 * Takes places of a slot, of its door's share of that day and of the legs ridden, in one statement. The rows
 * themselves decide: no capacity and no share can be exceeded and no person booked twice, whoever comes at
 * the same moment. Rows are always locked in this order: slot, share, legs.
 */
export async function takePlace(
  trx: TransactionClientContract,
  request: PlaceRequest,
  hold: Hold
): Promise<Taken> {
  const id = newId()
  const ridden = request.legs ? request.legs.to - request.legs.from : 0
  const bindings = {
    id,
    slot: request.slotId,
    service: request.serviceId,
    client: request.clientId,
    submission: request.submissionId,
    handover: hold.handoverId ?? NONE,
    party: request.party,
    person: request.person,
    dose: request.dose,
    door: request.door,
    places: request.places,
    from: request.legs ? String(request.legs.from) : NONE,
    to: request.legs ? String(request.legs.to) : NONE,
    number: request.numberToken ?? NONE,
    replaces: request.replacesId ?? NONE,
    state: hold.state,
    minutes: hold.state === 'held' ? String(hold.minutes) : NONE,
    weight: request.places * Math.max(ridden, 1),
  }
  const { rows }: { rows: Outcome[] } = await trx.rawQuery(TAKE, bindings)
  const outcome = rows[0]
  const complete =
    outcome?.slot === 1 &&
    outcome.booking === 1 &&
    (outcome.quota === 1 || !outcome.shared) &&
    (outcome.legs?.length ?? 0) === ridden
  if (complete && outcome.calendar) return { ok: true, bookingId: id, calendarId: outcome.calendar }
  if (outcome?.slot === 1) await undo(trx, bindings, outcome)
  // It looked free to this statement, and was gone when its turn came: which of the two is asked again.
  if (outcome?.slot === 0 && outcome.closed === false && !outcome.full)
    return { ok: false, reason: await whatIsFull(trx, bindings) }
  return { ok: false, reason: reasonOf(outcome) }
}

/** Stands for null in a binding. */
const NONE = ''

const TAKE = `
  with shared as (
    select exists (select 1 from quotas q join slots s on q.calendar_id = s.calendar_id and q.day = s.starts_at::date where s.id = :slot) as is
  ), slot as (
    update slots s set taken = s.taken + :weight
    where s.id = :slot and s.closed_at is null and s.taken + :weight <= s.capacity
      and ((select not shared.is from shared) or exists (
        select 1 from quotas q where q.calendar_id = s.calendar_id and q.day = s.starts_at::date and q.door = :door and q.taken + :places <= q.places))
    returning s.id, s.calendar_id, s.starts_at::date as day
  ), quota as (
    update quotas q set taken = q.taken + :places from slot
    where q.calendar_id = slot.calendar_id and q.day = slot.day and q.door = :door and q.taken + :places <= q.places
    returning 1
  ), leg as (
    update legs l set taken = l.taken + :places from slot
    where l.slot_id = slot.id and l.number >= cast(nullif(:from, '') as integer) and l.number < cast(nullif(:to, '') as integer) and l.taken + :places <= l.capacity
    returning l.number
  ), booking as (
    insert into bookings (id, slot_id, service_id, client_id, submission_id, handover_id, party, person, dose, places, door,
      from_leg, to_leg, number_token, replaces_id, state, held_until)
    select :id, slot.id, :service, :client, :submission, cast(nullif(:handover, '') as uuid), :party, :person, :dose, :places, :door,
      cast(nullif(:from, '') as integer), cast(nullif(:to, '') as integer), nullif(:number, ''), cast(nullif(:replaces, '') as uuid), :state,
      now() + make_interval(mins => cast(nullif(:minutes, '') as integer))
    from slot
    on conflict (person, service_id, dose) where state <> 'canceled' do nothing
    returning 1
  )
  select (select count(*)::int from slot) as slot, (select count(*)::int from quota) as quota,
    (select array_agg(number) from leg) as legs, (select count(*)::int from booking) as booking,
    s.closed_at is not null as closed, s.taken + :weight > s.capacity as full, shared.is as shared, s.calendar_id as calendar
  from shared left join slots s on s.id = :slot`

/** A part was refused: what was counted already is counted back. */
async function undo(
  trx: TransactionClientContract,
  bindings: { slot: string; weight: number; door: string; places: number; id: string },
  outcome: Outcome
): Promise<void> {
  if (outcome.booking === 1) await trx.from('bookings').where('id', bindings.id).delete()
  await trx.rawQuery('update slots set taken = taken - :weight where id = :slot', bindings)
  if (outcome.quota === 1)
    await trx.rawQuery(
      `update quotas q set taken = q.taken - :places from slots s
       where s.id = :slot and q.calendar_id = s.calendar_id and q.day = s.starts_at::date and q.door = :door`,
      bindings
    )
  if (outcome.legs)
    await trx
      .from('legs')
      .where('slot_id', bindings.slot)
      .whereIn('number', outcome.legs)
      .update({ taken: trx.raw('taken - ?', [bindings.places]) })
}

async function whatIsFull(
  trx: TransactionClientContract,
  bindings: { slot: string; weight: number }
): Promise<PlaceRefusal> {
  const slot: { closed: boolean; full: boolean } = await trx
    .from('slots')
    .where('id', bindings.slot)
    .select(
      trx.raw('closed_at is not null as closed'),
      trx.raw('taken + ? > capacity as full', [bindings.weight])
    )
    .firstOrFail()
  return slot.closed ? 'closed' : slot.full ? 'full' : 'door_full'
}

function reasonOf(outcome: Outcome | undefined): PlaceRefusal {
  if (!outcome || outcome.closed !== false) return 'closed'
  if (outcome.slot === 1 && outcome.quota === 0 && outcome.shared) return 'door_full'
  if (outcome.slot === 1 && outcome.booking === 0) return 'already'
  return 'full'
}
