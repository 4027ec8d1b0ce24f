import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import Consultation, {
  notesSealContext,
  TOPICS,
  type ConsultationNotes,
} from '#app/desk/consultations/consultation'
import { centerOf } from '#app/people/center'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { createSealer, openLivingSealers } from '#app/core/sealing'
import { transition } from '#app/core/transition'

const text = () => vine.string().trim().maxLength(2000).nullable().optional()

const consultationValidator = vine.create({
  topic: vine.enum(TOPICS),
  minutes: vine.number().withoutDecimals().range([0, 600]),
  steps: vine.string().trim().minLength(1).maxLength(2000),
  who: text(),
  follow_up: text(),
  follow_up_on: vine
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .nullable()
    .optional(),
  partner_id: vine.string().uuid().nullable().optional(),
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
    const user = auth.getUserOrFail()
    const clientId = await centerOf()
    await transition(async (t) => {
      const sealer = await createSealer(t.trx, 'consultation')
      const id = newId()
      const notes: ConsultationNotes = {
        steps: input.steps,
        followUp: input.follow_up ?? '',
        who: input.who ?? '',
      }
      await Consultation.create(
        {
          id,
          clientId,
          userId: user.id,
          topic: input.topic,
          minutes: input.minutes,
          dataKeyId: sealer.dataKeyId,
          notes: sealer.sealJson(notesSealContext(id), notes),
          followUpOn: input.follow_up_on ?? null,
          partnerId: input.partner_id ?? null,
          state: input.follow_up_on || input.partner_id ? 'open' : 'done',
        },
        { client: t.trx }
      )
      t.recordOnly({
        verb: 'consultation.kept',
        subject: { type: 'consultation', id },
        clientId,
        actorId: user.id,
        detail: { topic: input.topic, minutes: input.minutes },
      })
    })
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
      topics: TOPICS,
      partners: await db.from('partners').orderBy('name'),
      values: {},
      problem: null,
      today: today(),
      ...extra,
    })
  }
}
