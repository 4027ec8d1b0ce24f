import type { HttpContext } from '@adonisjs/core/http'
import Calendar, { CALENDAR_KINDS, DOORS } from '#app/bookings/calendar'
import {
  calendarValidator,
  NEW_CALENDAR,
  rulesFrom,
  typedFrom,
  type CalendarProblems,
  type TypedCalendar,
} from '#app/bookings/calendars/calendar_form'
import { nameOfEffects, type CalendarEffects } from '#app/bookings/calendars/calendar_effects'
import { singleRows } from '#app/bookings/calendars/single_days'
import { changeCalendar, makeCalendar, removeCalendar } from '#app/bookings/calendars/keep_calendar'
import { daysOf } from '#app/bookings/days_of'
import { openingHours } from '#app/bookings/opening_hours'
import { stopNames } from '#app/bookings/stops/stop_names'
import Stop from '#app/bookings/stops/stop'
import { centerOf } from '#app/people/center'
import type User from '#app/people/user'
import { visibleTo } from '#app/people/client_scope'
import { clientFor, clientsOf } from '#app/people/organizations/clients_of'
import { notice } from '#app/core/notice'

const SLUG = /^[a-z][a-z0-9-]{1,39}$/

/** The things that the form shows besides what was typed. */
interface Shown {
  calendar?: Calendar
  kind: Calendar['kind']
  clientId?: string | null
  problems?: CalendarProblems
  effects?: CalendarEffects
}

/** The calendars: how full they are, day by day; making and changing them. */
export default class CalendarsController {
  async index({ auth, view }: HttpContext) {
    const calendars = await visibleTo(Calendar.query(), auth.getUserOrFail()).orderBy('slug')
    return view.render('bookings/index', {
      calendars,
      days: await daysOf(calendars.map((calendar) => calendar.id)),
      hours: new Map(calendars.map((calendar) => [calendar.id, openingHours(calendar.rules)])),
    })
  }

  async create(ctx: HttpContext) {
    const kind = kindIn(ctx.request.qs().kind)
    const client = await clientFor(ctx.auth.getUserOrFail(), ctx.request.qs().client)
    // Whose vehicles run is most likely who has stops.
    const withStops = kind === 'rides' ? await Stop.query().select('clientId').first() : null
    return this.#form(ctx, NEW_CALENDAR, { kind, clientId: client?.id ?? withStops?.clientId })
  }

  async store(ctx: HttpContext) {
    const { auth, response, session } = ctx
    const user = auth.getUserOrFail()
    const typed = await typedIn(ctx)
    const kind = kindIn(typed.kind)
    const client = await ownerFor(user, kind, typed.client_id)
    const { name, rules, problems } = await this.#read(kind, typed, client?.id)
    const slug = typed.slug.trim().toLowerCase()
    if (!client) problems.client_id = 'no_client'
    if (!SLUG.test(slug)) problems.slug = 'slug'
    const isSound = client && Object.keys(problems).length === 0
    const made = isSound
      ? await makeCalendar(user, { clientId: client.id, slug, kind, name, rules })
      : null
    if (!made) {
      if (isSound) problems.slug = 'slug_taken'
      response.status(422)
      return this.#form(ctx, typed, { kind, clientId: client?.id, problems })
    }
    notice(session, 'good', 'bookings.made')
    return response.redirect(`/calendars/${made.id}`)
  }

  async show(ctx: HttpContext) {
    const calendar = await this.#calendar(ctx)
    return this.#form(ctx, typedFrom(calendar), { calendar, kind: calendar.kind })
  }

  /** Changes it; whom that concerns is shown before it is done. */
  async update(ctx: HttpContext) {
    const { auth, response, session } = ctx
    const calendar = await this.#calendar(ctx)
    const { kind, clientId } = calendar
    const typed = await typedIn(ctx)
    const { name, rules, problems } = await this.#read(kind, typed, clientId)
    if (Object.keys(problems).length > 0) {
      response.status(422)
      return this.#form(ctx, typed, { calendar, kind, problems })
    }
    const seen = typed.seen || null
    const changed = await changeCalendar(auth.getUserOrFail(), calendar, { name, rules, seen })
    if (!changed.ok) return this.#form(ctx, typed, { calendar, kind, effects: changed.effects })
    notice(session, 'good', 'bookings.changed')
    return response.redirect(`/calendars/${calendar.id}`)
  }

  async destroy(ctx: HttpContext) {
    const calendar = await this.#calendar(ctx)
    const isRemoved = await removeCalendar(ctx.auth.getUserOrFail(), calendar)
    notice(
      ctx.session,
      isRemoved ? 'good' : 'warn',
      `bookings.${isRemoved ? 'removed' : 'not_removed'}`
    )
    return ctx.response.redirect(isRemoved ? '/calendars' : `/calendars/${calendar.id}`)
  }

  #calendar({ auth, params }: HttpContext): Promise<Calendar> {
    return visibleTo(Calendar.query(), auth.getUserOrFail())
      .where('calendars.id', params.id)
      .firstOrFail()
  }

  async #read(kind: Calendar['kind'], typed: TypedCalendar, clientId: string | undefined) {
    const stops = clientId ? [...(await stopNames(clientId)).keys()] : []
    const { rules, problems } = rulesFrom(kind, typed, stops)
    const name = { ja: (typed.name_ja ?? '').trim(), en: (typed.name_en ?? '').trim() }
    if (!name.ja || name.ja.length > 80) problems.name_ja = 'name'
    return { name: { ...name, en: name.en || name.ja }, rules, problems }
  }

  async #form({ auth, view }: HttpContext, typed: TypedCalendar, shown: Shown) {
    const { calendar, kind, effects, problems = {} } = shown
    const clients = await clientsOf(auth.getUserOrFail())
    const asked = calendar?.clientId ?? shown.clientId
    const clientId = (clients.find(({ id }) => id === asked) ?? clients[0])?.id ?? null
    return view.render('bookings/calendar', {
      typed,
      calendar: calendar ?? null,
      kind,
      kinds: CALENDAR_KINDS.filter((one) => one !== 'seats' || auth.user?.worksForCenter),
      clients,
      clientId,
      stops: clientId ? await stopNames(clientId) : new Map(),
      doors: DOORS,
      singleRows: singleRows(typed),
      problems,
      effects: effects ?? null,
      seen: effects ? nameOfEffects(effects) : '',
    })
  }
}

/** Finds whose calendar it is to be: seats for those who work here are the center's. */
async function ownerFor(user: User, kind: Calendar['kind'], asked: unknown) {
  if (kind !== 'seats') return clientFor(user, asked)
  return user.worksForCenter ? { id: await centerOf() } : null
}

function kindIn(asked: unknown): Calendar['kind'] {
  return CALENDAR_KINDS.find((kind) => kind === asked) ?? 'places'
}

async function typedIn({ request }: HttpContext): Promise<TypedCalendar> {
  const input = await calendarValidator.validate(request.all())
  return Object.fromEntries(Object.entries(input).map(([name, text]) => [name, text ?? '']))
}
