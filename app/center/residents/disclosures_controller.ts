import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import Disclosure from '#app/center/residents/disclosure'
import { packDisclosure } from '#app/center/residents/pack_disclosure'
import { decide, mayDecide } from '#app/center/retention/decide'
import { decisionValidator } from '#app/center/retention/decision_form'
import { visibleTo } from '#app/people/client_scope'
import User from '#app/people/user'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { transition } from '#app/core/transition'

const handedValidator = vine.create({
  on: vine.string().trim(),
  whom: vine.string().trim().minLength(1).maxLength(120),
})

/** Disclosures to residents who ask for what is kept of them. */
export default class DisclosuresController {
  async index({ auth, request, view }: HttpContext) {
    return view.render('center/disclosures', {
      list: await visibleTo(Disclosure.query(), auth.getUserOrFail())
        .join('organizations', 'organizations.id', 'disclosures.client_id')
        .orderBy('disclosures.number', 'desc')
        .select('disclosures.*', 'organizations.name as client')
        .paginate(await pageNumber(request.qs()), PAGE_SIZE),
    })
  }

  async show(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  async decide(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const disclosure = await disclosureOf(ctx)
    const [problems, input] = await decisionValidator.tryValidate(request.all())
    if (problems) return this.#page(ctx, 'retention.decide_not_understood')
    const decided = await decide(auth.getUserOrFail(), disclosure, input.decision)
    if (decided === 'not_yours') return this.#page(ctx, 'retention.decide_not_yours')
    const key = decided === 'done' ? `residents.now_${input.decision}` : 'retention.decided_before'
    notice(session, decided === 'done' ? 'good' : 'warn', key)
    return response.redirect(`/disclosures/${disclosure.id}`)
  }

  /** Returns the paper and the pictures, while it is agreed to and not handed over yet. */
  async file(ctx: HttpContext) {
    const { auth, response, session } = ctx
    const user = auth.getUserOrFail()
    const disclosure = await disclosureOf(ctx)
    if (disclosure.state !== 'approved') {
      notice(session, 'warn', 'residents.not_to_take')
      return response.redirect(`/disclosures/${disclosure.id}`)
    }
    const file = await packDisclosure(user, disclosure)
    await transition(async (t) => {
      for (const { record, id } of disclosure.named)
        t.recordOnly({
          verb: 'disclosure.file_taken',
          subject: { type: 'disclosure', id: disclosure.id },
          clientId: disclosure.clientId,
          submissionId: record === 'submission' ? id : null,
          actorId: user.id,
          detail: { record, id },
        })
    })
    const name = `attachment; filename="disclosure-${disclosure.number}.zip"`
    response.header('Content-Disposition', name)
    return response.type('application/zip').send(file)
  }

  async handOver(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const disclosure = await disclosureOf(ctx)
    const [problems, input] = await handedValidator.tryValidate(request.all())
    if (problems || !isRealDate(input.on) || input.on > today())
      return this.#page(ctx, 'residents.handed_incomplete')
    const isDone = await transition((t) => disclosure.handOver(t, auth.getUserOrFail(), input))
    notice(session, isDone ? 'good' : 'warn', `residents.handed_${isDone ? 'kept' : 'over'}`)
    return response.redirect(`/disclosures/${disclosure.id}`)
  }

  async #page(ctx: HttpContext, problem: string | null) {
    const { auth, request, response, view } = ctx
    const user = auth.getUserOrFail()
    const disclosure = await disclosureOf(ctx)
    if (problem) response.status(422)
    const people = await User.query().whereIn(
      'id',
      [disclosure.askedBy, disclosure.decidedBy].filter((id) => id !== null)
    )
    return view.render('center/disclosure', {
      disclosure,
      names: new Map(people.map((one) => [one.id, one.displayName])),
      counts: [...Map.groupBy(disclosure.named, ({ record }) => record)],
      mayDecide: mayDecide(user, disclosure),
      today: today(),
      typed: problem ? request.all() : {},
      problem,
    })
  }
}

function disclosureOf({ auth, params }: HttpContext): Promise<Disclosure> {
  return visibleTo(Disclosure.query(), auth.getUserOrFail())
    .where('disclosures.id', params.id)
    .join('organizations', 'organizations.id', 'disclosures.client_id')
    .select('disclosures.*', 'organizations.name as client')
    .firstOrFail()
}
