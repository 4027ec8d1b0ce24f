import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import Consultation, {
  notesSealContext,
  TOPICS,
  type ConsultationNotes,
} from '#app/desk/consultations/consultation'
import { keepConsultation } from '#app/desk/consultations/keep_consultation'
import Partner from '#app/desk/partners/partner'
import { readRegistered } from '#app/registry/registered_person'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { openLivingSealers } from '#app/core/sealing'
import { chunkedDigits } from '#app/core/spoken'
import { transition } from '#app/core/transition'

const text = () => vine.string().trim().maxLength(2000).nullable().optional()

const consultationValidator = vine.create({
  topic: vine.enum(TOPICS),
  minutes: vine.number().withoutDecimals().range([0, 600]),
  steps: vine.string().trim().minLength(1).maxLength(2000),
  who: text(),
  phone: text(),
  follow_up: text(),
  follow_up_on: vine
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .nullable()
    .optional(),
  partner_id: vine.string().uuid().nullable().optional(),
  agreed: vine.boolean().optional(),
})

/** Consultations: device choice, set-up, operation, other; what is to be followed up stands first. */
export default class ConsultationsController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, {})
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await consultationValidator.tryValidate(request.all())
    const wrongDay = input?.follow_up_on && !isRealDate(input.follow_up_on)
    if (problems || wrongDay) {
      response.status(422)
      return this.#page(ctx, { values: request.all(), problem: 'desk.consultation_incomplete' })
    }
    const phone = readRegistered('phone', input.phone ?? '')
    if (phone.problem) {
      response.status(422)
      return this.#page(ctx, { values: request.all(), problem: `problems.${phone.problem}` })
    }
    // A partner sees these alone, and only with the consent of whom they are about.
    if (input.partner_id && !(input.agreed && input.who && input.follow_up)) {
      response.status(422)
      return this.#page(ctx, { values: request.all(), problem: 'desk.hand_on_incomplete' })
    }
    const kept = await keepConsultation(auth.getUserOrFail(), {
      topic: input.topic,
      minutes: input.minutes,
      steps: input.steps,
      who: input.who ?? '',
      phone: phone.value,
      followUp: input.follow_up ?? '',
      followUpOn: input.follow_up_on ?? null,
      partnerId: input.partner_id ?? null,
      agreed: input.agreed ?? false,
    })
    if (kept !== 'kept') {
      response.status(422)
      return this.#page(ctx, { values: request.all(), problem: `desk.${kept}` })
    }
    notice(session, 'good', 'desk.consultation_kept')
    return response.redirect('/consultations')
  }

  /** The follow-up is done. */
  async finish({ auth, params, response, session }: HttpContext) {
    await transition((t) => Consultation.finish(t, params.id, auth.getUserOrFail().id))
    notice(session, 'good', 'desk.followed_up')
    return response.redirect('/consultations')
  }

  async #page({ request, view }: HttpContext, extra: Record<string, unknown>) {
    const list = await Consultation.query()
      .orderByRaw(`state = 'open' desc`)
      .orderBy('followUpOn')
      .orderBy('createdAt', 'desc')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    const sealers = await openLivingSealers(list.map((one) => one.dataKeyId))
    return view.render('desk/consultations/consultations', {
      list,
      notes: new Map(
        list.map((one) => [
          one.id,
          sealers
            .get(one.dataKeyId)
            ?.openJson<ConsultationNotes>(notesSealContext(one.id), one.notes),
        ])
      ),
      chunkedDigits,
      topics: TOPICS,
      partners: await Partner.query().orderBy('name'),
      values: {},
      problem: null,
      today: today(),
      ...extra,
    })
  }
}
