import type { HttpContext } from '@adonisjs/core/http'
import type { Problem } from '#app/catalog/fields/field_kind'
import { newestVersion } from '#app/catalog/frozen_version'
import { anotherDose } from '#app/desk/visits/another_dose'
import { currentPerson } from '#app/desk/visits/current_person'
import { giveBackHold } from '#app/desk/visits/hold_place'
import { identifyPerson } from '#app/desk/visits/identify_person'
import { keepDetails } from '#app/desk/visits/keep_details'
import { meetRegistered } from '#app/desk/visits/meet_registered'
import { contactOf } from '#app/registry/contact'
import { factsOf } from '#app/submissions/search_tokens'
import {
  checkTyped,
  openPersonOf,
  personFields,
  withoutNeedless,
} from '#app/desk/visits/open_person'
import Visit from '#app/desk/visits/visit'
import { toVisit, visitAgain, visitPage } from '#app/desk/visits/visit_page'
import { factsValidator, moreValidator, valuesValidator } from '#app/desk/visits/visit_validator'
import { transition } from '#app/core/transition'
import { asTexts } from '#app/tasks/texts'

/** The people who are helped on a visit, and what they say. */
export default class VisitPeopleController {
  /** Finds out who it is, by the register. */
  async identify(ctx: HttpContext) {
    const visit = await Visit.findOrFail(ctx.params.id)
    const [, input] = await factsValidator.tryValidate(ctx.request.all())
    const facts = {
      number: input?.number ?? '',
      kana: input?.kana ?? '',
      birthDate: input?.birth_date ?? '',
      phone: input?.phone ?? '',
    }
    if (Object.values(facts).every((text) => text.trim() === ''))
      return visitAgain(ctx, visit, { step: 'person', problem: 'desk.say_something', facts })
    const result = await identifyPerson(visit, facts)
    if (result.found === 'doubtful')
      return visitAgain(ctx, visit, { step: 'person', facts, problems: result.problems })
    const user = ctx.auth.getUserOrFail()
    if (result.found === 'one') {
      const meeting = await meetRegistered(user, visit, result.registered)
      if (meeting === 'stranger')
        return visitAgain(ctx, visit, {
          step: 'person',
          facts,
          unknown: true,
          values: result.typed,
        })
      if (meeting === 'named_staff')
        return visitAgain(ctx, visit, { step: 'person', facts, problem: 'desk.for_named_staff' })
      if (meeting === 'deceased')
        return visitAgain(ctx, visit, { step: 'person', facts, problem: 'desk.deceased' })
    }
    if (result.found === 'several')
      return visitAgain(ctx, visit, { step: 'person', facts, several: result })
    if (result.found === 'none')
      return visitAgain(ctx, visit, {
        step: 'person',
        facts,
        unknown: true,
        values: result.values,
      })
    const { state, sendTo, stopped } = result.registered
    await openPersonOf(ctx.auth.getUserOrFail(), visit, {
      values: result.values,
      registered: true,
      register: { sendTo, stopped, moved: state === 'moved' },
      complete: false,
    })
    return toVisit(ctx, visit)
  }

  /** Somebody whom the register doesn't know: typed by hand. */
  async store(ctx: HttpContext) {
    const visit = await Visit.findOrFail(ctx.params.id)
    const { values: typed, problems } = await this.#typedPerson(ctx, visit)
    if (Object.keys(problems).length > 0)
      return visitAgain(ctx, visit, { step: 'person', unknown: true, values: typed, problems })
    const version = await newestVersion(visit.serviceId)
    const facts = factsOf(version.description.person, (key) => (key && typed[key]) || '')
    const contact = await contactOf({ submissionId: visit.id, clientId: visit.clientId, facts })
    await openPersonOf(ctx.auth.getUserOrFail(), visit, {
      values: typed,
      registered: false,
      complete: false,
      // Whoever speaks of a protected person learns nothing of her: this request is told apart from all of hers.
      apart: contact.isProtected,
    })
    return toVisit(ctx, visit)
  }

  async details(ctx: HttpContext) {
    const visit = await Visit.findOrFail(ctx.params.id)
    const person = await currentPerson(visit)
    if (!person) return toVisit(ctx, visit)
    const { values } = await ctx.request.validateUsing(valuesValidator)
    const texts = asTexts(values)
    const kept = await keepDetails(ctx.auth.getUserOrFail(), person, texts)
    if (!kept.ok) return visitAgain(ctx, visit, { values: texts, problems: kept.problems })
    return toVisit(ctx, visit)
  }

  /** One more person of the household, or one more dose of the last one. */
  async more(ctx: HttpContext) {
    const visit = await Visit.findOrFail(ctx.params.id)
    const { dose, another_of: of } = await ctx.request.validateUsing(moreValidator)
    if (!dose || !of) return visitPage(ctx, visit, { step: 'person' })
    await anotherDose(ctx.auth.getUserOrFail(), visit, of, dose)
    return toVisit(ctx, visit)
  }

  /** Back to a step before: what was said stays. */
  async reopen(ctx: HttpContext) {
    const visit = await Visit.findOrFail(ctx.params.id)
    const person = await currentPerson(visit)
    if (person) {
      await transition((t) => giveBackHold(t, person.submission))
      await keepDetails(ctx.auth.getUserOrFail(), person, {})
    }
    return visitPage(ctx, visit, { step: 'details' })
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
}
