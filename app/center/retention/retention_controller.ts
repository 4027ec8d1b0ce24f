import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { countDaysOver, eventDays } from '#app/center/audit/events_kept'
import { keepRule } from '#app/center/retention/keep_rule'
import { listRules } from '#app/center/retention/list_rules'
import { MAX_DAYS } from '#app/center/retention/retention_rule'
import { backupDays } from '#app/center/backups/make_backups'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'
import { wideNumber } from '#app/core/typed_number'

const days = () => wideNumber().withoutDecimals().range([0, MAX_DAYS]).optional()
const ruleValidator = vine.create({
  client_id: vine.string().uuid(),
  service_id: vine.string().uuid().optional(),
  originals: days(),
  pictures: days(),
  values: days(),
})

/** Whether something is kept longer than something else; 0 days are for ever. */
const outlives = (one = 0, other = 0) => other > 0 && (one === 0 || one > other)

/** For how long things are kept, by client and service. */
export default class RetentionController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await ruleValidator.tryValidate(request.all())
    const { originals, pictures, values } = input ?? {}
    const typed = [originals, pictures, values].filter((one) => one !== undefined)
    if (problems || (typed.length > 0 && typed.length < 3))
      return this.#page(ctx, 'retention.incomplete')
    // What outlives the values would be kept longer than what it proves; paper that outlives its pictures, too.
    if (outlives(pictures, values)) return this.#page(ctx, 'retention.pictures_longer')
    if (outlives(originals, pictures)) return this.#page(ctx, 'retention.originals_longer')
    const subject = { clientId: input.client_id, serviceId: input.service_id ?? null }
    const rule =
      typed.length === 0 ? null : { originals: originals!, pictures: pictures!, values: values! }
    if (!(await keepRule(auth.getUserOrFail(), subject, rule))) return notFound({ request })
    notice(session, 'good', rule ? 'retention.kept' : 'retention.removed')
    return response.redirect('/retention')
  }

  async #page({ auth, request, response, view }: HttpContext, problem: string | null) {
    if (problem) response.status(422)
    return view.render('center/retention', {
      rows: await listRules(auth.getUserOrFail()),
      backups: await backupDays.value(),
      events: { days: await eventDays.value(), over: await countDaysOver() },
      typed: problem ? request.all() : null,
      problem,
    })
  }
}
