import type { HttpContext } from '@adonisjs/core/http'
import { serviceChoices } from '#app/desk/visits/service_choices'
import { openVisits, todaysSlips } from '#app/desk/visits/todays_visits'
import { counterNames } from '#app/desk/tickets/counters'
import { todaysLine } from '#app/desk/tickets/ticket_line'
import { pageNumber } from '#app/core/paging'
import { today } from '#app/core/clock'

/** The screen where the counter's work begins. */
export default class DeskController {
  async index({ auth, request, view, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const line = await todaysLine()
    return view.render('desk/visits/index', {
      line,
      open: await openVisits(user),
      taken: line.find((ticket) => ticket.number === Number(request.qs().taken)) ?? null,
      waiting: line.filter((ticket) => ticket.state === 'waiting'),
      services: await serviceChoices(),
      counters: await counterNames(),
      counter: session.get('counter', 1),
      slips: await todaysSlips(await pageNumber(request.qs())),
      today: today(),
    })
  }
}
