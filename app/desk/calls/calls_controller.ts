import { siteOfSession } from '#app/people/site_of_session'
import type { HttpContext } from '@adonisjs/core/http'
import Call from '#app/desk/calls/call'
import { endCall } from '#app/desk/calls/end_calls'
import { requestsWith } from '#app/desk/calls/requests_with'
import { numbersOf } from '#app/desk/calls/numbers_of'
import { callValidator, relayValidator } from '#app/desk/calls/call_validator'
import { receiveCall } from '#app/desk/calls/receive_call'
import { ownCallBack, waitingCallBacks } from '#app/replies/calls/waiting_call_backs'
import { countTasks } from '#app/tasks/count_tasks'
import { notice } from '#app/core/notice'
import { serviceChoices } from '#app/desk/visits/service_choices'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { chunkedDigits } from '#app/core/spoken'

/** A call that rings longer than this has ended without anybody having been told (minutes). */
const RINGS_MINUTES = 3

/** The phone desk. */
export default class CallsController {
  async index({ auth, request, session, view }: HttpContext) {
    const page = await pageNumber(request.qs())
    const calls = await Call.query().orderBy('at', 'desc').orderBy('id').paginate(page, PAGE_SIZE)
    const user = auth.getUserOrFail()
    const open = (await countTasks(user, siteOfSession(session))).get('call_back') ?? 0
    return view.render('desk/calls/index', {
      calls,
      numbers: await numbersOf(calls.all()),
      backs: await waitingCallBacks(),
      open,
      mine: await ownCallBack(user),
      services: await serviceChoices(),
    })
  }

  /** A call that nobody's telephone system told of: the clerk types the number, or none. */
  async store({ auth, request, response }: HttpContext) {
    const [, input] = await callValidator.tryValidate(request.all())
    const digits = (input?.number ?? '').normalize('NFKC').replace(/\D/g, '')
    const call = await receiveCall({
      externalId: null,
      event: 'answered',
      number: digits || null,
      actorId: auth.getUserOrFail().id,
    })
    return response.redirect(`/calls/${call.id}`)
  }

  /** The caller's page. Nobody is shown by a number alone: spouses share it, and widows keep it. */
  async show({ auth, params, view }: HttpContext) {
    const call = await Call.findOrFail(params.id)
    const number = (await numbersOf([call])).get(call.id) ?? ''
    return view.render('desk/calls/show', {
      call,
      number,
      chunked: chunkedDigits(number),
      known: number ? await requestsWith(auth.getUserOrFail(), number) : 0,
      services: await serviceChoices(),
    })
  }

  /** An interpreter speaks for the person: the call is taken as hers, and her number is kept. */
  async relay({ params, request, response, session }: HttpContext) {
    const call = await Call.findOrFail(params.id)
    const input = await request.validateUsing(relayValidator)
    await call.merge({ relay: input.relay }).save()
    if (input.relay) notice(session, 'good', 'calls.relay_kept')
    return response.redirect(`/calls/${call.id}`)
  }

  async end({ auth, params, response, session }: HttpContext) {
    const call = await Call.findOrFail(params.id)
    if (await endCall(auth.getUserOrFail(), call.id)) notice(session, 'good', 'calls.ended_now')
    return response.redirect('/calls')
  }

  /** Shows what rings now, on top of every screen of the desk. */
  async ringing({ view }: HttpContext) {
    const calls = await Call.query()
      .where('state', 'ringing')
      .whereRaw(`at > now() - make_interval(mins => ${RINGS_MINUTES})`)
      .orderBy('at')
      .limit(3)
    const numbers = await numbersOf(calls)
    return view.render('desk/calls/ringing', {
      calls: calls.map((call) => ({
        id: call.id,
        number: chunkedDigits(numbers.get(call.id) ?? ''),
      })),
    })
  }
}
