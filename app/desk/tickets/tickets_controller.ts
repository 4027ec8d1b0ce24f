import type { HttpContext } from '@adonisjs/core/http'
import { counterNames } from '#app/desk/tickets/counters'
import Ticket from '#app/desk/tickets/ticket'
import { appointmentValidator, counterValidator } from '#app/desk/tickets/ticket_validator'
import { serviceChoices } from '#app/desk/visits/service_choices'
import { typesetTicket } from '#app/desk/tickets/typeset_ticket'
import {
  arrive,
  callNext,
  leave,
  makeAppointment,
  takeTicket,
  todaysLine,
} from '#app/desk/tickets/ticket_line'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'

/** The line at the counter. */
export default class TicketsController {
  /** The big screen in the hall. */
  async display({ view }: HttpContext) {
    return view.render('desk/tickets/display', {
      line: await todaysLine(),
      counters: await counterNames(),
    })
  }

  /** A screen at the entrance, to touch. */
  async create({ view, request }: HttpContext) {
    const line = await todaysLine()
    const taken = Number(request.qs().taken) || null
    return view.render('desk/tickets/take_ticket', {
      taken: line.find((ticket) => ticket.number === taken) ?? null,
      waiting: line.filter((ticket) => ticket.state === 'waiting').length,
    })
  }

  async store({ request, response }: HttpContext) {
    const ticket = await takeTicket()
    const back = request.input('back') === 'desk' ? '/desk' : '/tickets/new'
    return response.redirect(`${back}?taken=${ticket.number}`)
  }

  /** The ticket on paper. */
  async paper({ params, response }: HttpContext) {
    const ticket = await Ticket.findOrFail(params.id)
    const line = await todaysLine()
    const wait = line.find((one) => one.id === ticket.id)?.wait ?? 0
    response.header('Content-Disposition', 'inline; filename="ticket.pdf"')
    return response.type('application/pdf').send(await typesetTicket(ticket.number, wait))
  }

  async appoint({ auth, request, response, session }: HttpContext) {
    const [, input] = await appointmentValidator.tryValidate(request.all())
    const valid = input && isRealDate(input.day) && input.day >= today()
    if (valid)
      await makeAppointment(auth.getUserOrFail(), { day: input.day, time: input.time }, input.name)
    notice(session, valid ? 'good' : 'bad', valid ? 'desk.appointed' : 'desk.not_appointed')
    return response.redirect('/desk')
  }

  async arrive({ params, response }: HttpContext) {
    await arrive(params.id)
    return response.redirect('/desk')
  }

  async leave({ params, response }: HttpContext) {
    await leave(params.id)
    return response.redirect('/desk')
  }

  /** Calls the next of the line to this clerk's counter. */
  async call({ auth, request, response, session }: HttpContext) {
    const [, input] = await counterValidator.tryValidate(request.all())
    const counter = input?.counter ?? session.get('counter', 1)
    session.put('counter', counter)
    const [service] = await serviceChoices()
    const visit = await callNext(auth.getUserOrFail(), counter, service.id)
    if (visit) return response.redirect(`/desk/visits/${visit.id}`)
    notice(session, 'warn', 'desk.nobody_waits')
    return response.redirect('/desk')
  }
}
