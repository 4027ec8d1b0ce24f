import type { HttpContext } from '@adonisjs/core/http'
import Stop from '#app/bookings/stops/stop'
import {
  importStops,
  keepStop,
  removeStop,
  STOP_HEADINGS,
  stopFrom,
} from '#app/bookings/stops/keep_stops'
import { visibleTo } from '#app/people/client_scope'
import { clientFor, clientsOf } from '#app/people/organizations/clients_of'
import { problemOfImport } from '#app/core/tables/imported'
import { notice } from '#app/core/notice'
import { uploaded } from '#app/core/uploaded'

/** The stops that a client's vehicles pass. */
export default class BusStopsController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, {})
  }

  /** Adds a stop; one whose number there is already gets the name that was typed. */
  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const client = await clientFor(user, request.input('client_id'))
    const typed = (name: string) => String(request.input(name) ?? '')
    const values = { number: typed('number'), name: typed('name'), kana: typed('kana') }
    const stop = stopFrom(values)
    if (!client || !stop) {
      response.status(422)
      return this.#page(ctx, { values, problem: { key: 'bookings.stop_incomplete' } })
    }
    await keepStop(user, client, stop)
    notice(session, 'good', 'bookings.stop_kept')
    return response.redirect(`/bus-stops?client=${client.id}`)
  }

  /** Takes many at once from a table. */
  async import(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const client = await clientFor(user, request.input('client_id'))
    const content = await uploaded(request.file('file'))
    const imported = client && content ? await importStops(user, client, content) : null
    if (!imported?.ok) {
      response.status(422)
      const problem = problemOfImport(imported)
      return this.#page(ctx, { problem, faulty: imported?.faulty ?? [] })
    }
    notice(session, 'good', 'bookings.stops_taken')
    return response.redirect(`/bus-stops?client=${client!.id}`)
  }

  async destroy({ auth, params, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const stop = await visibleTo(Stop.query(), user).where('id', params.id).firstOrFail()
    const isRemoved = await removeStop(user, stop)
    notice(
      session,
      isRemoved ? 'good' : 'warn',
      `bookings.stop_${isRemoved ? 'removed' : 'passed'}`
    )
    return response.redirect(`/bus-stops?client=${stop.clientId}`)
  }

  async #page({ auth, request, view }: HttpContext, extra: Record<string, unknown>) {
    const clients = await clientsOf(auth.getUserOrFail())
    const asked: unknown = request.input('client_id') ?? request.qs().client
    const withStops = await Stop.query().select('clientId').first()
    const client =
      clients.find(({ id }) => id === asked) ??
      clients.find(({ id }) => id === withStops?.clientId) ??
      clients[0] ??
      null
    return view.render('bookings/stops', {
      clients,
      client,
      stops: client ? await Stop.query().where('clientId', client.id).orderBy('number') : [],
      headings: Object.values(STOP_HEADINGS).map(([heading]) => heading),
      values: {},
      problem: null,
      faulty: [],
      ...extra,
    })
  }
}
