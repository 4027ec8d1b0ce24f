import type { HttpContext } from '@adonisjs/core/http'
import type { Problem } from '#app/catalog/kinds'
import Service from '#app/catalog/service'
import { bookLive } from '#app/desk/book_live'
import { currentPerson, currentSubmissionId } from '#app/desk/current_person'
import { VISIT_STEPS } from '#app/catalog/description'
import { isRealDate } from '#app/shared/japanese_calendar'
import { endVisit, stepBack } from '#app/desk/end_visit'
import { giveBackHold, holdForVisit } from '#app/desk/hold_place'
import { identifyPerson } from '#app/desk/identify_person'
import { keepDetails } from '#app/desk/keep_details'
import { checkTyped, openPersonOf, personFields, withoutNeedless } from '#app/desk/open_person'
import { anotherDose } from '#app/desk/another_dose'
import { serviceChoices } from '#app/desk/service_choices'
import { startVisit } from '#app/desk/start_visit'
import { enterWaitingList } from '#app/desk/enter_waiting_list'
import Visit from '#app/desk/visit'
import { visitScreen } from '#app/desk/visit_screen'
import {
  factsValidator,
  slotValidator,
  startValidator,
  valuesValidator,
  whoseValidator,
} from '#app/desk/visit_validator'
import { keepWhose } from '#app/desk/whose_request'
import { newestVersion } from '#app/catalog/frozen_version'
import { callTicket } from '#app/desk/ticket_line'
import { notice } from '#app/shared/notice'
import { transition } from '#app/shared/transition'
import { asTexts } from '#app/work/assignment_validator'

/** One visit, one screen: each answer leads to the next step of the same page. */
export default class VisitsController {
  async store({ auth, request, response }: HttpContext) {
    const input = await request.validateUsing(startValidator)
    const user = auth.getUserOrFail()
    const visit = await startVisit(user, {
      channel: input.channel,
      serviceId: input.service_id,
      callId: input.call_id,
    })
    if (input.ticket_id) await callTicket(user, input.ticket_id, visit.id)
    return response.redirect(`/desk/visits/${visit.id}`)
  }

  async show(ctx: HttpContext) {
    return this.#screen(ctx, await this.#visit(ctx))
  }

  /** Whose request it is. */
  async whose(ctx: HttpContext) {
    const visit = await this.#visit(ctx)
    const input = await ctx.request.validateUsing(whoseValidator)
    const service = await Service.findOrFail(input.service_id)
    const kept = await keepWhose(ctx.auth.getUserOrFail(), visit, {
      askedBy: input.asked_by,
      consent: input.consent === true,
      serviceId: service.id,
      clientId: service.clientId,
    })
    if (!kept) return this.#again(ctx, visit, { problem: 'desk.consent_needed', whose: input })
    return this.#back(ctx, visit)
  }

  /** Who it is, by the register. */
  async identify(ctx: HttpContext) {
    const visit = await this.#visit(ctx)
    const [, input] = await factsValidator.tryValidate(ctx.request.all())
    const facts = {
      number: input?.number ?? '',
      kana: input?.kana ?? '',
      birthDate: input?.birth_date ?? '',
      phone: input?.phone ?? '',
    }
    if (Object.values(facts).every((text) => text.trim() === ''))
      return this.#again(ctx, visit, { step: 'person', problem: 'desk.say_something', facts })
    const result = await identifyPerson(visit, facts)
    if (result.found === 'doubtful')
      return this.#again(ctx, visit, { step: 'person', facts, problems: result.problems })
    if (result.found === 'several')
      return this.#again(ctx, visit, { step: 'person', facts, several: result })
    if (result.found === 'none')
      return this.#again(ctx, visit, {
        step: 'person',
        facts,
        unknown: true,
        values: result.values,
      })
    const { state, sendTo, stopped } = result.registered
    if (state === 'died')
      return this.#again(ctx, visit, { step: 'person', facts, problem: 'desk.deceased' })
    await openPersonOf(ctx.auth.getUserOrFail(), visit, {
      values: result.values,
      registered: true,
      register: { sendTo, stopped, moved: state === 'moved' },
      complete: false,
    })
    return this.#back(ctx, visit)
  }

  /** Somebody whom the register doesn't know: typed by hand. */
  async person(ctx: HttpContext) {
    const visit = await this.#visit(ctx)
    const { values: typed, problems } = await this.#typedPerson(ctx, visit)
    if (Object.keys(problems).length > 0)
      return this.#again(ctx, visit, { step: 'person', unknown: true, values: typed, problems })
    await openPersonOf(ctx.auth.getUserOrFail(), visit, {
      values: typed,
      registered: false,
      complete: false,
    })
    return this.#back(ctx, visit)
  }

  async details(ctx: HttpContext) {
    const visit = await this.#visit(ctx)
    const person = await currentPerson(visit)
    if (!person) return this.#back(ctx, visit)
    const { values } = await ctx.request.validateUsing(valuesValidator)
    const texts = asTexts(values)
    const kept = await keepDetails(ctx.auth.getUserOrFail(), person, texts)
    if (!kept.ok) return this.#again(ctx, visit, { values: texts, problems: kept.problems })
    return this.#back(ctx, visit)
  }

  /** A place is held for five minutes. Another clerk may have been faster: that is said, nothing is lost. */
  async hold(ctx: HttpContext) {
    const { slot_id: slotId } = await ctx.request.validateUsing(slotValidator)
    const held = await holdForVisit(ctx.auth.getUserOrFail(), ctx.params.id, slotId)
    if (!held) return this.#back(ctx, await this.#visit(ctx))
    if (ctx.request.accepts(['html', 'json']) === 'json')
      return held.ok
        ? ctx.response.created({ bookingId: held.bookingId })
        : ctx.response.conflict({ reason: held.reason })
    const visit = await this.#visit(ctx)
    if (!held.ok) return this.#again(ctx, visit, { problem: `desk.refused.${held.reason}` })
    return this.#back(ctx, visit)
  }

  async release(ctx: HttpContext) {
    const visit = await this.#visit(ctx)
    const person = await currentPerson(visit)
    if (person) await transition((t) => giveBackHold(t, person.submission))
    return this.#back(ctx, visit)
  }

  /** Read back and agreed: booked. */
  async book(ctx: HttpContext) {
    const visit = await this.#visit(ctx)
    const submissionId = await currentSubmissionId(visit.id)
    if (!submissionId) return this.#back(ctx, visit)
    const booked = await bookLive(ctx.auth.getUserOrFail(), submissionId)
    if (ctx.request.accepts(['html', 'json']) === 'json')
      return booked.ok
        ? ctx.response.created({ submissionId })
        : ctx.response.conflict({ reason: booked.reason })
    if (!booked.ok) return this.#again(ctx, visit, { problem: `desk.refused.${booked.reason}` })
    return this.#back(ctx, visit)
  }

  async wait(ctx: HttpContext) {
    const visit = await this.#visit(ctx)
    const person = await currentPerson(visit)
    if (person) await enterWaitingList(ctx.auth.getUserOrFail(), person.submission.id)
    return this.#back(ctx, visit)
  }

  /** One more person of the household, or one more dose of the last one. */
  async more(ctx: HttpContext) {
    const visit = await this.#visit(ctx)
    const { dose, another_of: of } = ctx.request.only(['dose', 'another_of'])
    if (typeof dose === 'string' && typeof of === 'string') {
      await anotherDose(ctx.auth.getUserOrFail(), visit, of, dose)
      return this.#back(ctx, visit)
    }
    return this.#screen(ctx, visit, { step: 'person' })
  }

  /** Back to a step before: what was said stays. */
  async reopen(ctx: HttpContext) {
    const visit = await this.#visit(ctx)
    const person = await currentPerson(visit)
    if (person) {
      await transition((t) => giveBackHold(t, person.submission))
      await keepDetails(ctx.auth.getUserOrFail(), person, {})
    }
    return this.#screen(ctx, visit, { step: 'details' })
  }

  /** One step back: not this person; before that, not this kind of request. */
  async back(ctx: HttpContext) {
    const visit = await this.#visit(ctx)
    await stepBack(ctx.auth.getUserOrFail(), visit)
    return this.#back(ctx, visit)
  }

  /** The address of a refused answer, opened again: the visit as it stands. */
  async again(ctx: HttpContext) {
    return this.#back(ctx, await this.#visit(ctx))
  }

  async end(ctx: HttpContext) {
    const visit = await this.#visit(ctx)
    await endVisit(ctx.auth.getUserOrFail(), visit)
    notice(ctx.session, 'good', 'desk.visit_ended')
    return ctx.response.redirect(visit.channel === 'phone' ? '/calls' : '/desk')
  }

  #visit({ params }: HttpContext): Promise<Visit> {
    return Visit.findOrFail(params.id)
  }

  async #typedPerson({ request }: HttpContext, visit: Visit) {
    const { values } = await request.validateUsing(valuesValidator)
    const version = await newestVersion(visit.serviceId)
    const texts = asTexts(values)
    const checked = checkTyped(
      version,
      personFields(version).map((field) => field.key),
      texts
    )
    const problems: Record<string, Problem> = withoutNeedless(version, checked.problems)
    const { kana } = version.description.person
    return {
      values: Object.keys(problems).length > 0 ? texts : checked.values,
      problems:
        !kana || checked.values[kana] ? problems : { ...problems, [kana]: 'required' as const },
    }
  }

  #back({ response }: HttpContext, visit: Visit) {
    return response.redirect(`/desk/visits/${visit.id}`)
  }

  async #again(ctx: HttpContext, visit: Visit, extra: Record<string, unknown>) {
    ctx.response.status(422)
    return this.#screen(ctx, visit, extra)
  }

  async #screen(ctx: HttpContext, visit: Visit, extra: Record<string, unknown> = {}) {
    const { more, from, manual } = ctx.request.qs()
    const screen = await visitScreen(visit, ctx.locale, {
      more: more === '1',
      from: typeof from === 'string' && isRealDate(from) ? from : undefined,
      step: VISIT_STEPS.find((step) => step === extra.step),
    })
    return ctx.view.render('desk/visit', {
      problem: null,
      problems: {},
      facts: {},
      values: {},
      whose: {},
      several: null,
      unknown: manual === '1',
      services: await serviceChoices(),
      ...screen,
      ...extra,
    })
  }
}
