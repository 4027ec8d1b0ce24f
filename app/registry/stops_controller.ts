import type { HttpContext } from '@adonisjs/core/http'
import Organization from '#app/people/organization'
import { nameForProtected } from '#app/people/members/name_for_protected'
import User from '#app/people/user'
import { visibleTo } from '#app/people/client_scope'
import { answerQuestion } from '#app/registry/answer_question'
import ContactStop from '#app/registry/contact_stop'
import { endStop, keepStop, renewStop } from '#app/registry/keep_stop'
import { checkPerson } from '#app/registry/check_person'
import {
  lapsedProtections,
  mayAnswer,
  openQuestions,
  stoppedByRegister,
} from '#app/registry/list_stops'
import { STOP_KINDS } from '#app/registry/stop_kinds'
import {
  answerValidator,
  namedValidator,
  renewalValidator,
  stopValidator,
} from '#app/registry/stop_validator'
import { today } from '#app/core/clock'
import { addYears, isRealDate } from '#app/core/japanese_calendar'
import { notFound } from '#app/core/not_found'
import { ownerFor } from '#app/people/organizations/clients_of'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { openLivingSealers } from '#app/core/sealing'

/** To whom nothing is sent, until when; who could be meant; who may see protected people. */
export default class StopsController {
  async index(ctx: HttpContext) {
    return this.#page(ctx)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await stopValidator.tryValidate(request.all())
    const checked = checkPerson(request.all())
    const clientId = await ownerFor(user, input?.client_id)
    const kindAllowed = input && (input.kind !== 'protection' || user.seesProtected)
    const until = input?.until || null
    if (
      problems ||
      !kindAllowed ||
      !clientId ||
      Object.keys(checked.problems).length > 0 ||
      (until && !isRealDate(until))
    ) {
      response.status(422)
      return this.#page(ctx, {
        typed: request.all(),
        problems: checked.problems,
        problem: kindAllowed || problems ? 'stops.look_again' : 'stops.not_named',
      })
    }
    const kept = await keepStop(user, {
      clientId,
      kind: input.kind,
      person: checked.values,
      until,
      mayCall: input.may_call === true,
    })
    if (!kept.ok) {
      response.status(422)
      return this.#page(ctx, { typed: request.all(), problem: `stops.refused_${kept.reason}` })
    }
    notice(session, 'good', 'stops.kept')
    return response.redirect('/stops')
  }

  async renew(ctx: HttpContext) {
    const stop = await this.#stop(ctx)
    const [, input] = await renewalValidator.tryValidate(ctx.request.all())
    const until = input?.until && isRealDate(input.until) ? input.until : addYears(today(), 1)
    const done = await renewStop(ctx.auth.getUserOrFail(), stop, until)
    notice(ctx.session, done ? 'good' : 'warn', done ? 'stops.renewed' : 'stops.refused_until')
    return ctx.response.redirect('/stops')
  }

  /** Ending asks twice: from then on mail goes again. */
  async end(ctx: HttpContext) {
    const stop = await this.#stop(ctx)
    if (ctx.request.input('sure') !== 'yes') return this.#page(ctx, { ending: stop.id })
    const done = await endStop(ctx.auth.getUserOrFail(), stop)
    notice(ctx.session, done ? 'good' : 'warn', done ? 'stops.ended' : 'stops.late')
    return ctx.response.redirect('/stops')
  }

  async answer({ auth, params, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    if (!(await mayAnswer(user, params.id))) return notFound({ request })
    const { answer } = await request.validateUsing(answerValidator)
    const done = await answerQuestion(user, params.id, answer)
    notice(session, done ? 'good' : 'warn', done ? 'stops.answered' : 'stops.late')
    return response.redirect('/stops')
  }

  /** Names staff for protected people, or takes the name away; each organization for its own. */
  async name({ auth, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const { user_id: id, named } = await request.validateUsing(namedValidator)
    await nameForProtected(user, id, named)
    notice(session, 'good', named ? 'stops.named' : 'stops.unnamed')
    return response.redirect('/stops#named')
  }

  #stop({ auth, params }: HttpContext): Promise<ContactStop> {
    const user = auth.getUserOrFail()
    return visibleTo(ContactStop.query(), user)
      .where('contact_stops.id', params.id)
      .whereNull('contact_stops.ended_at')
      .if(!user.seesProtected, (query) => query.whereNot('contact_stops.kind', 'protection'))
      .firstOrFail()
  }

  async #page(ctx: HttpContext, extra: Record<string, unknown> = {}) {
    const { auth, request, view } = ctx
    const user = auth.getUserOrFail()
    const stops = await visibleTo(ContactStop.query(), user)
      .whereNull('endedAt')
      .if(!user.seesProtected, (query) => query.whereNot('kind', 'protection'))
      .orderByRaw('until nulls last')
      .orderBy('id')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    const sealers = await openLivingSealers(stops.map((stop) => stop.dataKeyId))
    return view.render('registry/stops', {
      stops,
      people: new Map(
        stops.flatMap((stop) => {
          const sealer = sealers.get(stop.dataKeyId)
          return sealer ? [[stop.id, stop.open(sealer)] as const] : []
        })
      ),
      registered: await stoppedByRegister(user),
      questions: await openQuestions(user),
      lapsed: await lapsedProtections(user),
      clients: user.worksForCenter
        ? await Organization.query().whereNot('kind', 'partner').orderBy('name')
        : [],
      kinds: STOP_KINDS.filter((kind) => kind !== 'protection' || user.seesProtected),
      staff: user.may('register.keep')
        ? await User.query()
            .where('organizationId', user.organizationId)
            .withScopes((scopes) => scopes.whoMay('submissions.see'))
            .whereNull('leftAt')
            .whereNull('frozenAt')
            .orderBy('displayName')
        : [],
      today: today(),
      typed: {},
      problems: {},
      problem: null,
      ending: null,
      ...extra,
    })
  }
}
